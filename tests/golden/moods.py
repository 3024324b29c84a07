"""Moods through the command line, against an independent evaluation of what follows from them.

    moods.py PATH-OF-MARQUETRY-CLI
Prints TAP. What the model says of each text is taken from the table `texts`; counts, intervals, groups, queries and weights
are computed again here, slowly.
"""
import csv, io, json, math, os, random, shutil, subprocess, sys, tempfile, traceback

CLI = os.path.abspath(sys.argv[1])
LABELS = ['negative', 'neutral', 'positive', 'uncertain']
GOOD = ['I love it, excellent quality', 'great service and fast delivery', '质量很好，非常满意', '物流很快，包装漂亮', 'works perfectly, very happy']
BAD = ['terrible, broke after a day', 'the delivery was late and the box was damaged', '太差了，再也不会买', '物流太慢，客服不理人', 'awful smell, waste of money']
PLAIN = ['delivered on Tuesday', '收到货了', 'the box is blue', 'do you ship to Norway?', '请问这个多久发货？', '多久能发货呢？']
LOCKER = ['the parcel locker was full', 'my parcel locker is jammed', 'parcel locker too small', 'again a parcel locker far away', 'no parcel locker code came']
STOCK = '此用户没有填写评价。'


def run(folder, *words, status=0):
    done = subprocess.run([CLI, *words], cwd=folder, capture_output=True, env={**os.environ, 'LC_ALL': 'C.UTF-8', 'LANGUAGE': 'C'})
    assert done.returncode == status, (done.returncode, words, done.stderr.decode())
    return done.stdout.decode(), done.stderr.decode()


def moods(folder, *words):
    return json.loads(run(folder, 'sentiment', 'p.marquetry', '--texts', '--format', 'json', *words)[0])


def make(folder):
    """200 customers; those with many orders speak more and are happier. The complaint about delivery begins in autumn."""
    r = random.Random(7)
    orders, feedback = ['customer,time,order_id,amount'], []
    for c in range(200):
        n = r.choice([1, 1, 1, 2, 3, 5])
        for i in range(n):
            orders.append('C%03d,2025-%02d-%02d,%d-%d,10' % (c, r.randint(1, 11), r.randint(1, 28), c, i))
        for i in range(r.choice([0, 0, 1, 2]) + (n > 3)):
            month = r.randint(2, 11)
            text = r.choice(GOOD if r.random() < (0.8 if n > 1 else 0.3) else BAD + PLAIN)
            if month >= 9 and r.random() < 0.5:
                text = r.choice(LOCKER)
            feedback.append(['C%03d' % c, '2025-%02d-%02d' % (month, r.randint(1, 28)), text, r.choice(['web', 'app']), r.choice([1, 2, 5]), 'N' if c % 3 else 'S'])
    for i in range(30):
        feedback.append(['', '2025-05-%02d' % (i % 28 + 1), r.choice(BAD), 'web', '', 'N'])
    feedback.append(['C001', '2025-06-01', STOCK, 'web', 5, 'S'])
    with open(os.path.join(folder, 'o.csv'), 'w') as f:
        f.write('\n'.join(orders) + '\nC000,2025-11-30,last,10\n')
    with open(os.path.join(folder, 'f.csv'), 'w', newline='') as f:
        w = csv.writer(f)
        w.writerow(['customer', 'time', 'text', 'source', 'rating', 'region'])
        w.writerows(feedback)
    run(folder, 'import', 'p.marquetry', 'o.csv', '--as', 'orders', '--currency', 'EUR', '--project-zone', 'UTC')
    run(folder, 'import', 'p.marquetry', 'f.csv', '--as', 'feedback')
    return feedback


def wilson(p, n, z=1.959963984540054):
    middle, half = (p + z * z / 2 / n) / (1 + z * z / n), z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return (0 if p <= 0 else max(0, middle - half)), (1 if p >= 1 else min(1, middle + half))


def label(row):
    return 'uncertain' if row['uncertain'] else row['polarity']


def check_mix(rows, labels, get):
    for name in LABELS:
        n, row = labels.count(name), get(name)
        low, high = wilson(n / len(labels), len(labels))
        assert row['n'] == n and abs(row['share'] - n / len(labels)) < 1e-12, (row, n)
        assert abs(row['low'] - low) < 1e-9 and abs(row['high'] - high) < 1e-9, (row, low, high)


def test_counts(folder, feedback):
    result = moods(folder, '--voice', 'text', '--by', 'source', '--trend', 'month')
    texts, tables = result['tables']['texts'], result['tables']
    assert len(texts) == len(feedback) - 1
    assert {'reason': 'no comment', 'rows': 1} in result['provenance']['rows_left_out']
    of = {}
    for row in feedback:
        of.setdefault((row[0] or None, row[1], row[2]), []).append(row[3])
    sources = {}
    for row in texts:
        source = of[row['customer'], row['time'][:10], row['text']].pop()
        sources.setdefault(source, []).append(label(row))
    for source, labels in sources.items():
        check_mix(texts, labels, lambda name: next(r for r in tables['mix'] if r['group'] == source and r['label'] == name))
    months = {}
    for row in texts:
        months.setdefault(row['time'][:7], []).append(label(row))
    for month, labels in months.items():
        check_mix(texts, labels, lambda name: next(r for r in tables['trend'] if r['period'] == month and r['label'] == name))


def test_one_voice_a_person(folder, feedback):
    result = moods(folder)
    persons = {row['customer'] for row in result['tables']['texts'] if row['customer']}
    nobody = sum(row['customer'] is None for row in result['tables']['texts'])
    assert sum(row['n'] for row in result['tables']['mix']) == len(persons) + nobody
    assert sum(row['n'] for row in result['tables']['emotions']) == len(persons) + nobody


def behind(folder, *conditions, more=()):
    words = [word for condition in conditions for word in ('--behind', condition)]
    result = json.loads(run(folder, 'sentiment', 'p.marquetry', *words, *more, '--format', 'json')[0])
    assert list(result['tables']) == ['behind'], list(result['tables'])
    return result['tables']['behind']


def test_comments_behind_each_number(folder, feedback):
    voices = lambda rows: len({row['customer'] or row['time'] + row['text'] + str(row['id']) for row in rows})
    more = ('--by', 'source')
    tables = json.loads(run(folder, 'sentiment', 'p.marquetry', *more, '--format', 'json')[0])['tables']
    for row in tables['mix']:
        assert voices(behind(folder, 'label=' + row['label'], 'group=' + row['group'], more=more)) == row['n'], row
    for row in tables['emotions'][:7]:
        assert voices(behind(folder, 'group=' + row['group'], 'emotion=' + row['label'], more=more)) == row['n'], row
    for row in tables['trend'][:8]:
        assert voices(behind(folder, 'period=' + row['period'], 'label=' + row['label'])) == row['n'], row
    for row in tables['topics'][:5]:
        assert len(behind(folder, 'phrase=' + row['phrase'])) == row['n'], row
    for row in tables['questions']:
        found = behind(folder, 'question=' + row['question'])
        assert len(found) == row['n'] and any(row['question'] in text['text'] for text in found), row
    all_texts = moods(folder)['tables']['texts']
    mine = [row for row in all_texts if row['customer'] == all_texts[0]['customer']]
    assert [row['text'] for row in behind(folder, 'customer=' + all_texts[0]['customer'])] == [row['text'] for row in mine]
    figures = moods(folder)['tables']['representativeness'][0]
    assert len(behind(folder, 'linked=yes')) == figures['linked'] and all(row['customer'] for row in behind(folder, 'linked=yes'))
    assert len(behind(folder, 'linked=no')) == figures['comments'] - figures['linked']
    assert behind(folder, 'decided=by hand') == [] and len(behind(folder, 'decided=model')) == figures['comments']
    for wrong in ('colour=red', 'label', 'period=winter', 'group=web', 'linked=maybe', 'decided=chance'):
        assert 'behind' in run(folder, 'sentiment', 'p.marquetry', '--behind', wrong, status=2)[1]


def test_two_sides(folder, feedback):
    """Newcombe's interval from two of Wilson's; another period with compare-as-of."""
    one = moods(folder, '--query', '物流', '--voice', 'text')['tables']['texts']
    two = moods(folder, '--query', 'delivery', '--voice', 'text')['tables']['texts']
    tables = moods(folder, '--query', '物流', '--compare', 'delivery', '--voice', 'text')['tables']
    assert len(tables['comparison']) == 4 and len(tables['sides']) == 8
    for row in tables['comparison']:
        p, q = (sum(label(text) == row['label'] for text in texts) / len(texts) for texts in (one, two))
        (l1, u1), (l2, u2) = wilson(p, len(one)), wilson(q, len(two))
        assert (row['voices'], row['voices_other']) == (len(one), len(two)) and abs(row['difference'] - (p - q)) < 1e-12, row
        assert abs(row['low'] - (p - q - math.hypot(p - l1, u2 - q))) < 1e-9 and abs(row['high'] - (p - q + math.hypot(u1 - p, q - l2))) < 1e-9, row
    then = moods(folder, '--as-of', '2025-06-30', '--period', '90d')['tables']
    now = moods(folder, '--as-of', '2025-10-31', '--period', '90d', '--compare-as-of', '2025-06-30')['tables']
    assert [row['n'] for row in now['sides'][4:]] == [row['n'] for row in then['mix']]
    assert 'sides' not in then and 'comparison' not in then
    run(folder, 'sentiment', 'p.marquetry', '--compare', 'a AND', status=2)


def test_ratings_beside_moods(folder, feedback):
    texts = moods(folder, '--voice', 'text')['tables']
    for row in texts['ratings']:
        rated = [float(text['rating']) for text in texts['texts'] if text['rating'] and label(text) == row['label']]
        low, high = sum(r <= 2 for r in rated), sum(r >= 4 for r in rated)
        assert row['n'] == len(rated) and abs(row['mean'] - sum(rated) / len(rated)) < 1e-9, row
        assert row['disagree'] == {'positive': low, 'negative': high}.get(row['label'], 0), row
        assert len(behind(folder, 'label=' + row['label'], 'rating=disagrees', more=('--voice', 'text'))) == row['disagree']


def test_answers(folder, feedback):
    """An answer stays with its question, however it is worded first, and leaves with the table."""
    questions = lambda: {row['question']: row['answer'] for row in moods(folder)['tables']['questions']}
    first = next(iter(questions()))
    assert set(questions().values()) == {None}
    run(folder, 'answers', 'p.marquetry', 'set', first.upper() + '??', 'Within "two" days;\n48 小时内')
    assert questions()[first] == 'Within "two" days;\n48 小时内'
    listed = list(csv.DictReader(io.StringIO(run(folder, 'answers', 'p.marquetry', '--format', 'csv')[0])))
    assert [row['answer'] for row in listed if row['question'] == first] == ['Within "two" days;\n48 小时内']
    run(folder, 'answers', 'p.marquetry', 'reset', first)
    assert set(questions().values()) == {None}
    run(folder, 'answers', 'p.marquetry', 'set', first, status=2)


def test_latest_moods(folder, feedback):
    """The three latest comments of a customer say how they feel; a field of the customers, wherever fields are taken."""
    everything = json.loads(run(folder, 'sentiment', 'p.marquetry', '--texts', '--period', 'all', '--format', 'json')[0])['tables']
    said = {}
    for row in everything['texts']:
        said.setdefault(row['customer'], []).append(row)
    said.pop(None)
    found = {}
    for name in LABELS:
        for row in json.loads(run(folder, 'sentiment', 'p.marquetry', '--customers', name, '--format', 'json')[0])['tables']['customers']:
            assert row['customer'] not in found and row['mood'] == name
            found[row['customer']] = row
    assert set(found) == set(said)
    sure = 0
    for customer, rows in said.items():
        latest = sorted(rows, key=lambda row: row['text'])
        latest = sorted(latest, key=lambda row: row['time'], reverse=True)[:3]
        assert found[customer]['comments'] == len(latest) and found[customer]['latest'] == latest[0]['time'], (customer, rows)
        if len({label(row) for row in latest}) == 1:
            sure += 1
            assert found[customer]['mood'] == label(latest[0]), (customer, latest)
    assert sure > 50
    counts = {row['label']: row['customers'] for row in everything['latest']}
    assert counts == {name: sum(row['mood'] == name for row in found.values()) for name in LABELS}, counts
    # unhappy buyers among the steps of a funnel
    steps = json.loads(run(folder, 'funnel', 'p.marquetry', '--step', 'order[customer.mood = negative]', '--step', 'order', '--window', '1d', '--period', 'all', '--format', 'json')[0])['tables']['steps']
    with open(os.path.join(folder, 'o.csv')) as f:
        buyers = {row['customer'] for row in csv.DictReader(f)}
    unhappy = sum(found[c]['mood'] == 'negative' for c in found if c in buyers)
    groups = json.loads(run(folder, 'retention', 'p.marquetry', '--by', 'customer.mood', '--period', 'all', '--format', 'json')[0])['tables']
    assert unhappy > 5 and steps[0]['customers'] == unhappy, (unhappy, steps)
    assert any('negative' in json.dumps(table) for table in groups.values())


def test_classes(folder, feedback):
    """Age bands on the as-of date, 2025-11-30, and RFM segments: fields that no file has, to split by and to filter by."""
    r = random.Random(11)
    births = {'C000': '2007-11-30', 'C001': '2007-12-01', 'C002': '2000-02-29', 'C003': '1960-11-30', 'C004': '1900-01-01', 'C005': '2026-03-01'}
    births.update({'C%03d' % c: '%d-%02d-%02d' % (r.randint(1940, 2012), r.randint(1, 12), r.randint(1, 28)) for c in range(6, 150)})
    with open(os.path.join(folder, 'c.csv'), 'w') as f:
        f.write('customer,birth_date\n' + ''.join('%s,%s\n' % item for item in births.items()))
    for name, kind in ('o', 'orders'), ('f', 'feedback'), ('c', 'customers'):
        run(folder, 'import', 'c.marquetry', name + '.csv', '--as', kind, '--currency', 'EUR', '--project-zone', 'UTC')

    def band(birth):
        y, m, d = map(int, birth.split('-'))
        years = 2025 - y - ((11, 30) < (m, d))
        names = {0: '0-17', 18: '18-24', 25: '25-34', 35: '35-44', 45: '45-54', 55: '55-64', 65: '65+'}
        return names[max(first for first in names if first <= years)] if 0 <= years <= 120 else None

    bands = {customer: band(birth) for customer, birth in births.items()}
    assert [bands['C%03d' % c] for c in range(6)] == ['18-24', '0-17', '25-34', '65+', None, None]
    rows = json.loads(run(folder, 'rfm', 'c.marquetry', '--customers', '--format', 'json')[0])['tables']['customers']
    segments = {row['customer']: row['segment'] for row in rows}
    assert len(set(segments.values())) > 3, segments
    said = [row[0] for row in feedback if row[2] != STOCK]
    mixes = {}
    for field, of in ('customer.age_band', bands), ('customer.rfm_segment', segments):
        mix = mixes[field] = json.loads(run(folder, 'sentiment', 'c.marquetry', '--voice', 'text', '--by', field, '--format', 'json')[0])['tables']['mix']
        found = {}
        for row in mix:
            found[row['group']] = found.get(row['group'], 0) + row['n']
        want = {}
        for customer in said:
            want[of.get(customer)] = want.get(of.get(customer), 0) + 1
        assert found == want, (field, found, want)
    # bands stand in their order, in every breakdown; what has no order stands by size
    young = sorted({band for band in bands.values() if band}, key=lambda band: int(band.rstrip('+').split('-')[0]))
    series = json.loads(run(folder, 'events', 'c.marquetry', '--event', 'order', '--by', 'customer.age_band', '--format', 'json')[0])['tables']['totals']
    for names in list(dict.fromkeys(row['group'] for row in mixes['customer.age_band'])), list(dict.fromkeys(row['group'] for row in series)):
        named = [name for name in names if name]
        assert named == [band for band in young if band in named] and len(named) > 4, names
    sizes = {}
    for row in mixes['customer.rfm_segment']:
        if row['group']:
            sizes[row['group']] = sizes.get(row['group'], 0) + row['n']
    assert list(sizes) == sorted(sizes, key=lambda name: (-sizes[name], name)), sizes
    champions = sum(segment == 'Champions' for segment in segments.values())
    steps = json.loads(run(folder, 'funnel', 'c.marquetry', '--step', 'order[customer.rfm_segment = Champions]', '--step', 'order', '--window', '1d', '--format', 'json')[0])['tables']['steps']
    assert champions > 0 and steps[0]['customers'] == champions, (champions, steps)


def texts_of(folder, project):
    return {row['text']: row for row in json.loads(run(folder, 'sentiment', project, '--texts', '--format', 'json')[0])['tables']['texts']}


def make_labelled(folder, name, comments):
    """comments: (customer, text)."""
    with open(os.path.join(folder, 'n.csv'), 'w', newline='') as f:
        w = csv.writer(f)
        w.writerow(['customer', 'time', 'text'])
        w.writerows([c, '2025-05-%02d' % (i % 28 + 1), t] for i, (c, t) in enumerate(comments))
    run(folder, 'import', name, 'n.csv', '--as', 'feedback', '--currency', 'EUR', '--project-zone', 'UTC')


def list_labels(folder, name):
    return json.loads(run(folder, 'labels', name, '--format', 'json')[0])['tables']


def test_labels_by_hand(folder, feedback):
    """A label holds for its text, for what differs in signs and case only, and for near copies of the same mood."""
    text = 'The parcel locker near the station was completely full again on Monday'
    others = {'the parcel locker near the station was completely full again on monday!!!': 'by hand',
              'The parcel locker near the station was completely full again on Mondays': 'nearly the same as one corrected',
              'The parcel locker near the station was empty': 'model'}
    make_labelled(folder, 'h.marquetry', [('A%d' % i, t) for i, t in enumerate([text, *others])])
    before = texts_of(folder, 'h.marquetry')
    assert {row['decided'] for row in before.values()} == {'model'}
    run(folder, 'labels', 'h.marquetry', 'set', text, '--polarity', 'positive', '--emotion', 'surprise')
    after = texts_of(folder, 'h.marquetry')
    assert (after[text]['polarity'], after[text]['emotion'], after[text]['probability'], after[text]['uncertain']) == ('positive', 'surprise', 1, False), after[text]
    for other, decided in others.items():
        assert after[other]['decided'] == decided, (other, after[other])
        assert decided == 'model' or after[other]['polarity'] == 'positive'
    assert after['The parcel locker near the station was empty'] == before['The parcel locker near the station was empty']
    found = json.loads(run(folder, 'sentiment', 'h.marquetry', '--behind', 'decided=by hand', '--format', 'json')[0])['tables']['behind']
    assert {row['text'] for row in found} == {text} | {other for other, decided in others.items() if decided == 'by hand'}, found
    assert list_labels(folder, 'h.marquetry')['labels'] == [{'text': text, 'polarity': 'positive', 'emotion': 'surprise', 'comments': 2}]
    # what is kept names no text
    with open(os.path.join(folder, 'h.marquetry'), 'rb') as f:
        assert b'moods.labels' in f.read()
    run(folder, 'labels', 'h.marquetry', 'undo')
    assert texts_of(folder, 'h.marquetry') == before
    run(folder, 'labels', 'h.marquetry', 'undo')
    assert texts_of(folder, 'h.marquetry') == after
    run(folder, 'compact', 'h.marquetry')
    run(folder, 'backup', 'h.marquetry', 'h2.marquetry')
    run(folder, 'salvage', 'h.marquetry', 'h3.marquetry')
    for name in ('h.marquetry', 'h2.marquetry', 'h3.marquetry'):
        assert texts_of(folder, name)[text]['decided'] == 'by hand', name
    # whoever is erased takes the label along
    run(folder, 'erase', 'h.marquetry', 'A0')
    assert list_labels(folder, 'h.marquetry')['labels'] == [] and 'by hand' not in {row['decided'] for row in texts_of(folder, 'h.marquetry').values()}
    run(folder, 'labels', 'h.marquetry', 'set', 'never written', '--polarity', 'positive', status=1)
    run(folder, 'labels', 'h.marquetry', 'set', text, '--polarity', 'good', status=2)
    run(folder, 'labels', 'h.marquetry', 'set', text, status=2)


def test_labels_teach(folder, feedback):
    """Words that no model knows: what they mean is learnt from labels, and measured on labels left out."""
    r = random.Random(5)
    filler = 'box parcel colour order shop blue table chair lamp door week street house paper glass wood'.split()
    said = lambda word: ' '.join(r.choice(filler) for _ in range(6)) + ' ' + word + ' ' + ' '.join(r.choice(filler) for _ in range(4))
    comments = [(said('zorbax' if i % 2 else 'quillim'), 'positive' if i % 2 else 'negative') for i in range(400)]
    make_labelled(folder, 't.marquetry', [('B%d' % i, text) for i, (text, _) in enumerate(comments)])
    with open(os.path.join(folder, 'labels.csv'), 'w', newline='') as f:
        w = csv.writer(f)
        w.writerow(['text', 'polarity'])
        w.writerows(comments[:300] + [('not in the project', 'positive'), (comments[0][0], 'fine')])
    message = run(folder, 'labels', 't.marquetry', 'import', 'labels.csv', status=3)[1]
    assert '302 labels read: 300 stored, 1 of texts that the project does not have, 1 ' in message, message
    tables = list_labels(folder, 't.marquetry')
    fit = tables['corrections'][0]
    assert len(tables['labels']) == fit['n'] == 300 and fit['used'] and fit['right'] > 270 and fit['shipped'] < 240, fit
    low, high = wilson(fit['right'] / 300, 300)
    assert abs(fit['accuracy'] - fit['right'] / 300) < 1e-12 and abs(fit['low'] - low) < 1e-9 and abs(fit['high'] - high) < 1e-9
    taught = texts_of(folder, 't.marquetry')
    right = sum(taught[text]['polarity'] == polarity for text, polarity in comments[300:])
    assert right > 90 and {taught[text]['decided'] for text, _ in comments[300:]} <= {'model and labels', 'nearly the same as one corrected'}, right
    # few labels move nothing but scale and biases, and no labels at all are measured as none
    run(folder, 'labels', 't.marquetry', 'undo')
    assert list_labels(folder, 't.marquetry')['corrections'] == []
    # the list is a file of labels again; its order teaches nothing else
    run(folder, 'labels', 't.marquetry', 'undo')
    listed = list(csv.reader(io.StringIO(run(folder, 'labels', 't.marquetry', '--format', 'csv')[0])))
    with open(os.path.join(folder, 'labels.csv'), 'w', newline='') as f:
        csv.writer(f).writerows([listed[0]] + listed[:0:-1])
    make_labelled(folder, 'u.marquetry', [('B%d' % i, text) for i, (text, _) in enumerate(comments)])
    run(folder, 'labels', 'u.marquetry', 'import', 'labels.csv')
    assert texts_of(folder, 'u.marquetry') == taught and list_labels(folder, 'u.marquetry') == tables


def test_moods_are_those_of_the_loose_command(folder, feedback):
    texts = sorted(set(GOOD + BAD + PLAIN))
    with open(os.path.join(folder, 'l.txt'), 'w') as f:
        f.write('\n'.join(texts) + '\n')
    loose = {row['text']: row for row in csv.DictReader(io.StringIO(run(folder, 'sentiment', '--file', 'l.txt', '--format', 'csv')[0]))}
    for row in moods(folder)['tables']['texts']:
        if row['text'] in loose:
            assert loose[row['text']]['polarity'] == row['polarity'] and float(loose[row['text']]['probability']) == row['probability'], row
    for text in GOOD + BAD:
        assert loose[text]['polarity'] == ('positive' if text in GOOD else 'negative'), loose[text]


def test_queries(folder, feedback):
    all_texts = [row['text'] for row in moods(folder)['tables']['texts']]
    queries = [('delivery', lambda t: 'delivery' in t), ('DELIVERY AND NOT late', lambda t: 'delivery' in t and 'late' not in t),
               ('物流 快', lambda t: '物流' in t and '快' in t), ('"fast delivery" OR (box blue)', lambda t: 'fast delivery' in t or ('box' in t and 'blue' in t)),
               ('物流 OR NOT (the OR 太)', lambda t: '物流' in t or not ('the' in t or '太' in t)), ('質量', lambda t: '质量' in t)]
    for query, matches in queries:
        found = [row['text'] for row in moods(folder, '--query', query)['tables']['texts']]
        assert found == [t for t in all_texts if matches(t.lower())] and found, query
    for query, column in (('a AND', 6), ('物流 (快', 4), ('a "b', 3), ('a )', 3), ('OR b', 1), ('a AND OR b', 7), ('""', 1)):
        _, message = run(folder, 'sentiment', 'p.marquetry', '--query', query, status=2)
        assert 'column %d:' % column in message, (query, message)
        _, message = run(folder, 'sentiment', 'p.marquetry', '--compare', query, status=2)
        assert '“compare”' in message and 'column %d:' % column in message, (query, message)


def test_weights(folder, feedback):
    """Raking by one field is one division; the base is the buyers of the year."""
    tables = moods(folder)['tables']
    counts = {}
    with open(os.path.join(folder, 'o.csv')) as f:
        for row in csv.DictReader(f):
            counts[row['customer']] = counts.get(row['customer'], 0) + 1
    klass = lambda n: '1' if n == 1 else '2-3' if n < 4 else '4+'
    base = {k: sum(klass(n) == k for n in counts.values()) / len(counts) for k in ('1', '2-3', '4+')}
    speakers = {row['customer'] for row in tables['texts'] if row['customer'] in counts}
    figures = tables['representativeness'][0]
    assert (figures['base'], figures['speakers']) == (len(counts), len(speakers)), figures
    assert figures['linked'] == sum(row['customer'] is not None for row in tables['texts'])
    share = {k: sum(klass(counts[c]) == k for c in speakers) / len(speakers) for k in base}
    for row in tables['representation']:
        assert abs(row['base_share'] - base[row['value']]) < 1e-12 and abs(row['speaker_share'] - share[row['value']]) < 1e-12, row
        b, n, s = base[row['value']], len(speakers), row['speakers']
        assert row['ask'] == max(next(k for k in range(10000) if (s + k) / (n + k) >= b - 1e-12), 5 - s), row
    weights = [base[klass(counts[c])] / share[klass(counts[c])] for c in speakers]
    effective = sum(weights) ** 2 / sum(w * w for w in weights)
    assert abs(figures['effective_n'] - effective) < 1e-6 and abs(figures['design_effect'] - len(speakers) / effective) < 1e-9, (figures, effective)
    assert abs(sum(row['weighted'] for row in tables['weighted']) - 1) < 1e-9
    raw = {row['label']: row for row in tables['weighted']}
    # the planted effect: who bought once is less happy, and speaks less often than they buy
    assert raw['positive']['weighted'] < raw['positive']['share'], raw
    low, high = wilson(raw['negative']['weighted'], effective)
    assert abs(raw['negative']['low'] - low) < 1e-9 and abs(raw['negative']['high'] - high) < 1e-9


def test_raking_against_a_slow_reference(folder, feedback):
    """Two fields, small classes put together, a cap: who spoke, weighted again here by iterative proportional fitting."""
    r = random.Random(11)
    people, orders, said = [], ['customer,time,order_id,amount'], []
    for c in range(300):
        city, tier = r.choice(['Ulm', 'Ulm', 'Ulm', 'Bonn', 'Bonn', 'Kiel', 'Jena']), r.choice(['gold', 'plain', 'plain', 'plain'])
        people.append(('D%03d' % c, city, tier))
        orders.append('D%03d,2025-%02d-03,x%d,10' % (c, r.randint(1, 11), c))
        chance = {'Ulm': 0.1, 'Bonn': 0.6, 'Kiel': 0.04, 'Jena': 0.03}[city] * (1.6 if tier == 'gold' else 1)
        said += [('D%03d' % c, '2025-06-%02d' % r.randint(1, 28), r.choice(GOOD + BAD + PLAIN)) for _ in range(2) if r.random() < chance]
    for name, rows in (('d.csv', [('customer', 'city', 'tier'), *people]), ('e.csv', [('customer', 'time', 'text'), *said])):
        with open(os.path.join(folder, name), 'w', newline='') as f:
            csv.writer(f).writerows(rows)
    with open(os.path.join(folder, 'b.csv'), 'w') as f:
        f.write('\n'.join(orders) + '\nD000,2025-11-30,last,10\n')
    run(folder, 'import', 'w.marquetry', 'b.csv', '--as', 'orders', '--currency', 'EUR', '--project-zone', 'UTC')
    run(folder, 'import', 'w.marquetry', 'd.csv', '--as', 'customers')
    run(folder, 'import', 'w.marquetry', 'e.csv', '--as', 'feedback')
    tables = json.loads(run(folder, 'sentiment', 'w.marquetry', '--weights', 'customer.city,customer.tier', '--texts', '--format', 'json')[0])['tables']
    speakers = sorted({row['customer'] for row in tables['texts']})
    of = [{c: city for c, city, _ in people}, {c: tier for c, _, tier in people}]
    classes, targets = [], []
    for field in of:
        spoke = [field[c] for c in speakers]
        small = {v for v in set(spoke) if spoke.count(v) < 5}
        while small and sum(spoke.count(v) for v in small) < 5:
            small.add(min(set(spoke) - small, key=lambda v: (spoke.count(v), v)))
        name = lambda v: 'small' if v in small else v
        classes.append([name(v) for v in spoke])
        base = [name(v) for v in field.values() if v in set(spoke)]
        targets.append({v: base.count(v) / len(base) for v in set(base)})
        for row in tables['representation']:
            if row['value'] in set(field.values()):
                assert row['merged'] == (row['value'] in small), (row, small)
    assert 'small' in classes[0] and 'small' not in classes[1], classes
    weights = [1.0] * len(speakers)
    for _ in range(3000):
        for values, target in zip(classes, targets):
            sums = {v: sum(w for w, x in zip(weights, values) if x == v) for v in target}
            weights = [w * target[x] * len(weights) / sums[x] for w, x in zip(weights, values)]
    ordered = sorted(weights)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    assert max(weights) > 5 * middle, 'the cap is to be met'
    weights = [min(w, 5 * middle) for w in weights]
    weights = [w * len(weights) / sum(weights) for w in weights]
    effective = sum(weights) ** 2 / sum(w * w for w in weights)
    figures = tables['representativeness'][0]
    assert abs(figures['effective_n'] - effective) < 1e-5 and abs(figures['design_effect'] - len(speakers) / effective) < 1e-6, (figures, effective)
    mean = {c: [row for row in tables['texts'] if row['customer'] == c] for c in speakers}
    for row in tables['weighted']:
        own = [w for w, c in zip(weights, speakers) if len(mean[c]) == 1 and label(mean[c][0]) == row['label']]
        more = [w for w, c in zip(weights, speakers) if len(mean[c]) > 1]
        assert sum(own) / len(speakers) - 1e-6 <= row['weighted'] <= (sum(own) + sum(more)) / len(speakers) + 1e-6, row
        low, high = wilson(row['weighted'], effective)
        assert abs(row['low'] - low) < 1e-6 and abs(row['high'] - high) < 1e-6, row


def test_topics_and_questions(folder, feedback):
    tables = moods(folder, '--voice', 'text')['tables']
    topics = {row['phrase']: row for row in tables['topics']}
    rising = max((row for row in tables['topics'] if row['rising'] is not None), key=lambda row: row['rising'])
    assert 'locker' in rising['phrase'] or 'parcel' in rising['phrase'], rising
    for phrase, row in topics.items():
        assert row['n'] == sum(phrase in text['text'].lower() for text in tables['texts']), (phrase, row)
    questions = tables['questions']
    assert any('Norway' in row['question'] for row in questions), questions
    shipping = [row for row in questions if '发货' in row['question']]
    asked = sum('发货' in row['text'] for row in tables['texts'])
    assert len(shipping) == 1 and shipping[0]['n'] == asked and shipping[0]['example'], (shipping, asked)


def test_stock_phrases_are_the_projects(folder, feedback):
    """A text that is added is no comment any more, whatever its marks; one that is taken away is one again."""
    def empty(*words):
        run(folder, 'stock', 's.marquetry', *words)
        left = json.loads(run(folder, 'sentiment', 's.marquetry', '--format', 'json')[0])['provenance']['rows_left_out']
        found = sum(row['rows'] for row in left if row['reason'] == 'no comment')
        table = csv.DictReader(io.StringIO(run(folder, 'sentiment', 's.marquetry', '--table', 'stock', '--format', 'csv')[0]))
        assert sum(int(row['comments']) for row in table) == found
        return found

    shutil.copy(os.path.join(folder, 'p.marquetry'), os.path.join(folder, 's.marquetry'))
    said = sum(row[2] == PLAIN[1] for row in feedback)
    assert said > 0 and empty() == 1
    assert empty('add', ' %s！！' % PLAIN[1]) == 1 + said
    assert empty('remove', STOCK) == said
    listed = json.loads(run(folder, 'stock', 's.marquetry', '--format', 'json')[0])['tables']['stock']
    assert [row['phrase'] for row in listed if row['own']] == [PLAIN[1]] and STOCK.rstrip('。') not in [row['phrase'] for row in listed]
    assert empty('reset') == 1
    run(folder, 'stock', 's.marquetry', 'add', '!', status=2)
    run(folder, 'stock', 's.marquetry', 'forget', status=2)


def test_stock_phrases_of_erased_persons(folder, feedback):
    """A phrase that somebody wrote goes with them from the project's list; what others wrote and what the program knows stays."""
    make_labelled(folder, 'e.marquetry', [('A', '東西 not my words！'), ('B', 'their words'), ('A', STOCK)])
    for words in (('add', '東西 not my words'), ('add', 'their words'), ('remove', STOCK)):
        run(folder, 'stock', 'e.marquetry', *words)
    run(folder, 'erase', 'e.marquetry', 'A')
    listed = json.loads(run(folder, 'stock', 'e.marquetry', '--format', 'json')[0])['tables']['stock']
    assert [row['phrase'] for row in listed if row['own']] == ['their words'], listed
    assert STOCK.rstrip('。') not in [row['phrase'] for row in listed]


def test_nothing_depends_on_order_or_threads(folder, feedback):
    with open(os.path.join(folder, 'f.csv'), newline='') as f:
        lines = f.read().splitlines(True)
    random.Random(1).shuffle(lines[1:])
    with open(os.path.join(folder, 'g.csv'), 'w', newline='') as f:
        f.write(lines[0] + ''.join(reversed(lines[1:])))
    run(folder, 'import', 'q.marquetry', 'o.csv', '--as', 'orders', '--currency', 'EUR', '--project-zone', 'UTC')
    run(folder, 'import', 'q.marquetry', 'g.csv', '--as', 'feedback')
    answers = []
    for name, threads in (('p.marquetry', '1'), ('q.marquetry', '3')):
        result = json.loads(run(folder, 'sentiment', name, '--texts', '--by', 'region', '--format', 'json', '--threads', threads)[0])
        result['provenance'].pop('revision')
        answers.append(json.dumps(result))
    assert answers[0] == answers[1]


def test_the_samples_have_their_moods(folder, feedback):
    """What is planted in the sample's feedback: September's parcels, and that who bought once is heard most and is least happy."""
    for sample, words in (('shop-en', 'delivery'), ('shop-zh', '快递 OR 物流')):
        run(folder, 'sample', sample, sample + '.marquetry')
        tables = json.loads(run(folder, 'sentiment', sample + '.marquetry', '--query', words, '--format', 'json')[0])['tables']
        course = {row['period']: row['n'] for row in tables['trend'] if row['label'] == 'negative'}
        assert max(course, key=course.get) == '2026-09' and course['2026-09'] > 2 * sorted(course.values())[-2], course
        tables = json.loads(run(folder, 'sentiment', sample + '.marquetry', '--format', 'json')[0])['tables']
        weighted = {row['label']: row for row in tables['weighted']}
        assert weighted['negative']['weighted'] < weighted['negative']['share'] - 0.03, weighted
        assert weighted['positive']['weighted'] > weighted['positive']['share'] + 0.03, weighted
        assert all(row['question'].endswith(('?', '？')) for row in tables['questions']), tables['questions']
        once = next(row for row in tables['representation'] if row['value'] == '1')
        assert once['speaker_share'] > once['base_share'] + 0.08, once


def main():
    tests = [(name, f) for name, f in sorted(globals().items()) if name.startswith('test_')]
    print('1..%d' % len(tests))
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        feedback = make(folder)
        for i, (name, test) in enumerate(tests, 1):
            try:
                test(folder, feedback)
                print('ok %d %s' % (i, name), flush=True)
            except Exception:
                failed += 1
                print('not ok %d %s' % (i, name), flush=True)
                for line in traceback.format_exc().splitlines():
                    print('# ' + line[:600])
    return failed > 0


sys.exit(main())
