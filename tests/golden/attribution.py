"""Attribution through the command line against reference/attribution_reference.py, on random customers under every option.

    attribution.py PATH-OF-MARQUETRY-CLI [CUSTOMERS]
Prints TAP. CUSTOMERS (default 150): how many a set of options; 4,000 make 10^5 histories.
"""
import datetime, json, os, random, subprocess, sys, tempfile, traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'reference'))
import attribution_reference as reference

CLI = os.path.abspath(sys.argv[1])
CUSTOMERS = int(sys.argv[2]) if len(sys.argv) > 2 else 150
START = datetime.datetime(2024, 1, 1)
HOUR, DAY = 3600, 86400
CHANNELS = ['ads', 'direct', 'email', 'social', '社群']
MODELS = ['first', 'last', 'last-non-direct', 'linear', 'participation', 'u', 'j', 'inverse-j', 'own', 'time-decay', 'markov', 'shapley']

# the words of the command line, what the reference is told
OPTIONS = [
    ([], {}),
    (['--lookback', '5d'], {'lookback': 5 * DAY}),
    (['--since-last'], {'since_last': True}),
    (['--collapse', '6h'], {'collapse': 6 * HOUR}),
    (['--skip-direct'], {'skip_direct': True}),
    (['--first-only'], {'first_only': True}),
    (['--half-life', '36h'], {'half_life': 36 * HOUR}),
    (['--weights', '1:0:3'], {'own': (1, 0, 3)}),
    (['--weights', '0:1:0'], {'own': (0, 1, 0)}),
    (['--markov-order', '2'], {'order': 2}),
    (['--markov-order', '3', '--lookback', '8d'], {'order': 3, 'lookback': 8 * DAY}),
    (['--from', '2024-01-20', '--to', '2024-02-10'], {'period': (19 * DAY, 41 * DAY - 1)}),
    (['--since-last', '--collapse', '1d', '--skip-direct', '--lookback', '12d'], {'since_last': True, 'collapse': DAY, 'skip_direct': True, 'lookback': 12 * DAY}),
    (['--first-only', '--since-last', '--markov-order', '4', '--lookback', '4d'], {'first_only': True, 'since_last': True, 'order': 4, 'lookback': 4 * DAY}),
]


def make_people(rng, n):
    people = []
    for _ in range(n):
        # whole hours, so that ends of windows are met; touches of one person never at one time, which would be a tie
        hours = sorted(rng.sample(range(75 * 24), rng.choice([0, 1, 2, 3, 5, 9])))
        touches = [(h * HOUR, rng.choice(CHANNELS)) for h in hours]
        times = sorted(rng.choice(hours) * HOUR if hours and rng.random() < 0.3 else rng.randrange(75 * 24) * HOUR for _ in range(rng.choice([0, 0, 1, 1, 2, 3])))
        if hours and times and rng.random() < 0.4:
            times[0] = min(75 * 24 * HOUR, touches[0][0] + rng.choice([4, 5, 8, 12, 30]) * DAY)
            times.sort()
        # conversions at one time would be a tie too
        people.append({'touches': touches, 'conversions': [(t, rng.randrange(0, 5000)) for t in sorted(set(times))]})
    # somebody is there at the end: the as-of date is known
    people.append({'touches': [(75 * DAY, 'email')], 'conversions': []})
    return people


def stamp(seconds):
    return (START + datetime.timedelta(seconds=seconds)).strftime('%Y-%m-%d %H:%M:%S')


def money(minor):
    return '%d.%02d' % divmod(minor, 100)


def write_events(path, people, rng):
    rows = []
    for i, person in enumerate(people):
        rows += ['c%d,%s,visit,%s,' % (i, stamp(t), c) for t, c in person['touches']]
        rows += ['c%d,%s,purchase,email,%s' % (i, stamp(t), money(v)) for t, v in person['conversions']]
    rng.shuffle(rows)
    with open(path, 'w') as f:
        f.write('customer,time,event,channel,amount\n' + '\n'.join(rows) + '\n')


def write_orders(folder, people, rng):
    visits, orders, number = [], [], 0
    for i, person in enumerate(people):
        visits += ['c%d,%s,visit,%s,,' % (i, stamp(t), c) for t, c in person['touches']]
        for t, v in person['conversions']:
            number += 1
            orders.append('c%d,%s,o%d,%s,paid' % (i, stamp(t), number, money(v)))
            # the event that is the order: neither a touch nor a second conversion
            visits.append('c%d,%s,checkout,ads,99.99,o%d' % (i, stamp(t), number))
        if rng.random() < 0.2:
            number += 1
            orders.append('c%d,%s,o%d,77.00,unpaid' % (i, stamp(3 * DAY), number))
    rng.shuffle(visits)
    rng.shuffle(orders)
    with open(os.path.join(folder, 'visits.csv'), 'w') as f:
        f.write('customer,time,event,channel,amount,order_id\n' + '\n'.join(visits) + '\n')
    with open(os.path.join(folder, 'orders.csv'), 'w') as f:
        f.write('customer,time,order_id,amount,status\n' + '\n'.join(orders) + '\n')


def run(*words):
    done = subprocess.run([CLI, *words], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def attribution(project, *words):
    return json.loads(run('attribution', project, *words, '--period', 'all', '--format', 'json', '--model', ','.join(MODELS)))


def compare(answer, expected):
    tables = answer['tables']
    seen = {(row['channel'], row['model']): row for row in tables['credits']}
    channels = sorted({c for c, _ in seen} - {'(none)'})
    for model in MODELS:
        credits, values = expected['credits'][model], expected['values'][model]
        exact = {c: values.get(c, 0) for c in channels}
        parts = reference.apportion(exact, expected['touched_value']) if model != 'participation' else {c: int(v) for c, v in exact.items()}
        for c in channels:
            row = seen[c, model]
            assert abs(row['conversions'] - float(credits.get(c, 0))) < 1e-9, (model, c, row, credits.get(c))
            got = round(float(row['value']) * 100)
            # doubles cannot tell which of two nearly equal remainders is larger: the sum is checked to the unit below
            assert abs(got - parts[c]) <= 1 and abs(got - exact[c]) < 1 + 1e-6, (model, c, row, exact[c])
        none = seen['(none)', model]
        assert none['conversions'] == expected['conversions'] - expected['touched'], (model, none)
        assert round(float(none['value']) * 100) == expected['value'] - expected['touched_value'], (model, none)
    for row in tables['checks']:
        assert row['conversions'] == expected['conversions'] and round(float(row['value']) * 100) == expected['value'], row
        if row['model'] != 'participation':
            assert abs(row['credited'] - row['conversions']) < 1e-9 and float(row['difference']) == 0, row
    for row in tables['removal']:
        assert abs(row['effect'] - float(expected['effects'].get(row['channel'], 0))) < 1e-9, (row, expected['effects'])
    left = {item['reason']: item['rows'] for item in answer['provenance']['rows_left_out']}
    assert (expected['unripe'] > 0) == ('unripe path' in left), left


def expect(people, options):
    return reference.compute(people, MODELS, as_of=76 * DAY - 1e-6, **{'lookback': 30 * DAY, **options})


def check_options(folder, words, options):
    rng = random.Random(repr(words))
    people = make_people(rng, CUSTOMERS)
    events = os.path.join(folder, 'events.csv')
    write_events(events, people, rng)
    run('import', os.path.join(folder, 'e.marquetry'), events, '--as', 'events', '--currency', 'EUR', '--project-zone', 'UTC')
    expected = expect(people, options)
    answer = attribution(os.path.join(folder, 'e.marquetry'), '--conversion', 'purchase', *words)
    compare(answer, expected)
    again = attribution(os.path.join(folder, 'e.marquetry'), '--conversion', 'purchase', '--threads', '1', *words)
    assert answer == again
    write_orders(folder, people, rng)
    run('import', os.path.join(folder, 'o.marquetry'), os.path.join(folder, 'visits.csv'), '--as', 'events', '--currency', 'EUR', '--project-zone', 'UTC')
    run('import', os.path.join(folder, 'o.marquetry'), os.path.join(folder, 'orders.csv'), '--as', 'orders')
    compare(attribution(os.path.join(folder, 'o.marquetry'), *words), expected)


def check_bootstrap(folder, words, options):
    rng = random.Random(5)
    people = make_people(rng, 300)
    events = os.path.join(folder, 'events.csv')
    write_events(events, people, rng)
    project = os.path.join(folder, 'b.marquetry')
    run('import', project, events, '--as', 'events', '--currency', 'EUR', '--project-zone', 'UTC')
    words = ['--conversion', 'purchase', '--bootstrap', '100', '--seed', '7']
    answers = [attribution(project, *words, '--threads', str(n)) for n in (1, 2, 5)]
    assert answers[0] == answers[1] == answers[2]
    other = attribution(project, '--conversion', 'purchase', '--bootstrap', '100', '--seed', '8')
    assert other['tables']['credits'] != answers[0]['tables']['credits']
    for row in answers[0]['tables']['credits']:
        if row['channel'] != '(none)' and row['conversions'] > 5:
            assert row['low'] < row['conversions'] < row['high'], row
    first = {row['channel']: row for row in answers[0]['tables']['credits'] if row['model'] == 'last'}
    # the credits of "last" are counts of customers' conversions: the interval is about two standard deviations wide
    for c in CHANNELS:
        n = first[c]['conversions']
        width = (first[c]['high'] - first[c]['low']) / (2 * 1.96 * n ** 0.5)
        assert 0.6 < width < 1.6, (c, n, width)


WORKED = [
    ('1', 0, 'visit', 'A', ''), ('1', 24, 'visit', 'B', ''), ('1', 25, 'purchase', 'B', '10.01'),
    ('2', 0, 'visit', 'A', ''), ('2', 24, 'visit', 'B', ''), ('2', 25, 'purchase', '', '20.00'),
    ('3', 0, 'visit', 'A', ''), ('4', 0, 'visit', 'A', ''), ('5', 0, 'visit', 'A', ''),
    ('6', 24, 'visit', 'B', ''), ('6', 25, 'purchase', '', '5'),
    ('7', 24, 'visit', 'C', ''), ('7', 24.5, 'visit', 'A', ''), ('7', 25, 'purchase', '', '5'),
    ('8', 24, 'visit', 'C', ''), ('9', 24, 'visit', 'C', ''),
    ('10', 24, 'visit', '', ''), ('10', 24 * 60, 'purchase', '', '1'),
]
SPEND = 'date,channel,campaign,amount,platform_conversions,platform_value\n2024-01-01,A,x,10.00,3,99.5\n2024-01-02,A,x,5.5,1,\n2024-01-02,Z,y,1,0,\n2025-01-02,A,x,1000,0,\n'


def check_trend(folder, words, options):
    """Each period is an attribution of its own: the credits of models that look at one path add up to those of all periods; spend
    stands in its month, and is paid back in the first at whose end the value added up covers it."""
    rng = random.Random('trend')
    people = make_people(rng, CUSTOMERS)
    project = os.path.join(folder, 't.marquetry')
    write_events(os.path.join(folder, 'events.csv'), people, rng)
    spend = [(d, c, rng.randrange(1, 4000)) for d in range(75) for c in ('ads', 'email', 'paper')]
    with open(os.path.join(folder, 'spend.csv'), 'w') as f:
        f.write('date,channel,amount\n' + ''.join('%s,%s,%s\n' % (stamp(d * DAY)[:10], c, money(a)) for d, c, a in spend))
    run('import', project, os.path.join(folder, 'events.csv'), '--as', 'events', '--currency', 'EUR', '--project-zone', 'UTC')
    run('import', project, os.path.join(folder, 'spend.csv'), '--as', 'spend')
    tables = attribution(project, '--conversion', 'purchase', '--trend', 'week')['tables']
    minor = lambda text: round(float(text or 0) * 100)
    for row in tables['credits']:
        if row['channel'] == '(none)' or row['model'] in ('markov', 'participation'):
            continue
        parts = [part for part in tables['trend'] if (part['channel'], part['model']) == (row['channel'], row['model'])]
        assert abs(sum(part['conversions'] for part in parts) - row['conversions']) < 1e-9, row
        assert abs(sum(minor(part['value']) for part in parts) - minor(row['value'])) <= len(parts), row
    weeks = {}
    for d, c, a in spend:
        week = (START + datetime.timedelta(days=d)).isocalendar()
        weeks[c, '%d-W%02d' % (week[0], week[1])] = weeks.get((c, '%d-W%02d' % (week[0], week[1])), 0) + a
    for row in tables['trend']:
        assert minor(row['spend']) == weeks.get((row['channel'], row['period']), 0), row
    for row in tables['payback']:
        parts = [part for part in tables['trend'] if (part['channel'], part['model']) == (row['channel'], row['model'])]
        spent = value = 0
        back = None
        for part in parts:
            spent, value = spent + minor(part['spend']), value + minor(part['value'])
            back = part['period'] if back is None and value >= spent else back
        assert (back, spent, value) == (row['paid_back'], minor(row['spend']), minor(row['value'])), row
    assert {row['channel'] for row in tables['saturation']} == {'ads', 'email', 'paper'}
    assert all(row['state'] == 'too few periods' for row in tables['saturation'] if row['periods'] < 12)


def check_worked(folder, words, options):
    """METHODS.md's example of four conversions with a touch, one without, and what was spent."""
    project = os.path.join(folder, 'w.marquetry')
    with open(os.path.join(folder, 'events.csv'), 'w') as f:
        f.write('customer,time,event,channel,amount\n' + ''.join('%s,%s,%s,%s,%s\n' % (c, stamp(h * HOUR), e, ch, a) for c, h, e, ch, a in WORKED))
    with open(os.path.join(folder, 'spend.csv'), 'w') as f:
        f.write(SPEND)
    run('import', project, os.path.join(folder, 'events.csv'), '--as', 'events', '--currency', 'EUR', '--project-zone', 'UTC')
    run('import', project, os.path.join(folder, 'spend.csv'), '--as', 'spend')
    tables = json.loads(run('attribution', project, '--conversion', 'purchase', '--model', 'markov,linear', '--format', 'json', '--paths', '--explain', '7'))['tables']
    markov = {row['channel']: row for row in tables['credits'] if row['model'] == 'markov'}
    for channel, credit in (('A', 24 / 13), ('B', 24 / 13), ('C', 4 / 13), ('(none)', 1)):
        assert abs(markov[channel]['conversions'] - credit) < 1e-12, markov
    assert {row['channel']: round(row['effect'], 12) for row in tables['removal']} == {'A': 0.75, 'B': 0.75, 'C': 0.125}, tables['removal']
    # 40.01 in shares of 24, 24 and 4 parts: 18.4661..., 18.4661..., 3.0776...: the cent that is left goes to C, then A
    assert [markov[c]['value'] for c in 'ABC'] == ['18.47', '18.46', '3.08'], markov
    assert [(row['path'], row['conversions'], row['value'], row['without_conversion']) for row in tables['paths']] == [
        ('A > B', 2, '30.01', 0), ('B', 1, '5.00', 0), ('C > A', 1, '5.00', 0), ('A', 0, '0.00', 3), ('C', 0, '0.00', 2)], tables['paths']
    assert [(row['channel'], row['age'], row['state'], row['linear']) for row in tables['explain']] == [('C', 3600, 'counts', 0.5), ('A', 1800, 'counts', 0.5)], tables['explain']
    spend = {(row['channel'], row['model']): row for row in tables['spend']}
    a = spend['A', 'linear']
    # of the period only; conversions 1.5, value 15.005 + 2.50
    assert (a['spend'], a['conversions'], a['value'], a['cost_per_acquisition'], a['profit'], a['platform_conversions'], a['platform_value']) == (
        '15.50', 1.5, '17.51', '10.33', '2.01', 4, '99.50'), a
    assert (spend['Z', 'markov']['conversions'], spend['Z', 'markov']['cost_per_acquisition'], spend['Z', 'markov']['profit']) == (0, None, '-1.00'), spend


def check_explained(folder, words, options):
    """Each conversion of a customer can be asked for; Markov's weights are the removal effects of the path in proportion."""
    people = make_people(random.Random('explained'), 60)
    person = max(range(len(people)), key=lambda i: (len(people[i]['conversions']), len(people[i]['touches'])))
    project = os.path.join(folder, 'x.marquetry')
    write_events(os.path.join(folder, 'events.csv'), people, random.Random(1))
    run('import', project, os.path.join(folder, 'events.csv'), '--as', 'events', '--currency', 'EUR', '--project-zone', 'UTC')
    words = ['--conversion', 'purchase', '--explain', 'c%d' % person]
    tables = attribution(project, *words)['tables']
    effects = {row['channel']: row['effect'] for row in tables['removal']}
    for index in range(len(people[person]['conversions'])):
        rows = [row for row in tables['explain'] if row['number'] == index + 1 and row['state'] == 'counts']
        _, path = reference.path_of(people[person], index, 30 * DAY, False, 0, False)
        assert [row['channel'] for row in rows] == [c for _, c in path]
        total = sum(effects[c] for c in {c for _, c in path})
        for model in MODELS:
            if model == 'markov':
                expected = [effects[c] / total if c not in [d for _, d in path[:i]] else 0 for i, (_, c) in enumerate(path)] if total else []
            else:
                expected = reference.weights(model, path, 7 * DAY, (40, 20, 40)) if path else []
            for row, weight in zip(rows, expected):
                assert abs(row[model] - float(weight)) < 1e-9, (model, row, weight)
        why = attribution(project, *words, '--explain-conversion', str(index + 1))['tables']['why']
        assert {row['conversion_time'] for row in why} <= {row['conversion_time'] for row in tables['explain'] if row['number'] == index + 1}
        assert len([row for row in why if row['state'] == 'counts']) == min(len(rows), 12) * len(MODELS)
    late = subprocess.run([CLI, 'attribution', project, *words, '--explain-conversion', '99'], capture_output=True, env=dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='C'))
    assert late.returncode == 2 and b'explain-conversion' in late.stderr, late


LENT_ORDERS = """customer,time,order_id,amount,status,source,campaign
1,2024-01-02 10:00:00,a,10.00,paid,email,spring
2,2024-01-02 10:00:00,b,20.00,paid,email,
3,2024-01-02 10:00:00,c,30.00,paid,,
4,2024-01-02 10:00:00,d,40.00,paid,,
5,2024-01-02 10:00:00,e,50.00,unpaid,,
"""
LENT_EVENTS = """customer,time,event,channel,campaign,order_id
1,2024-01-02 10:00:05,purchase,ads,autumn,a
2,2024-01-02 10:00:05,purchase,ads,autumn,b
3,2024-01-02 10:00:09,purchase,social,winter,c
3,2024-01-02 10:00:05,purchase,ads,,c
3,2024-01-02 10:00:01,purchase,,summer,c
5,2024-01-02 10:00:05,purchase,ads,autumn,e
"""


def check_lent(folder, words, options):
    """The order's own source as its last touch; what the order does not say, the earliest event that is it and has a channel lends."""
    project = os.path.join(folder, 'l.marquetry')
    for kind, text in (('events', LENT_EVENTS), ('orders', LENT_ORDERS)):
        with open(os.path.join(folder, kind + '.csv'), 'w') as f:
            f.write(text)
        run('import', project, os.path.join(folder, kind + '.csv'), '--as', kind, '--currency', 'EUR', '--project-zone', 'UTC')
    for by, expected in (('channel', {'(none)': '40.00', 'ads': '30.00', 'email': '30.00'}),
                         ('campaign', {'(none)': '40.00', '(no campaign)': '30.00', 'autumn': '20.00', 'spring': '10.00'})):
        rows = json.loads(run('attribution', project, '--order-source', '--by', by, '--model', 'last', '--format', 'json'))['tables']['credits']
        assert {row[by]: row['value'] for row in rows if row['conversions']} == expected, rows


def check_last(folder, words, options):
    """An order of a day is at the end of it: its own source comes after all other touches of the day."""
    project = os.path.join(folder, 'd.marquetry')
    for kind, text in (('events', 'customer,time,event,channel\n1,2024-01-02 15:00:00,visit,ads\n'), ('orders', 'customer,date,order_id,amount,source\n1,2024-01-02,a,10.00,email\n')):
        with open(os.path.join(folder, kind + '.csv'), 'w') as f:
            f.write(text)
        run('import', project, os.path.join(folder, kind + '.csv'), '--as', kind, '--currency', 'EUR', '--project-zone', 'UTC')
    rows = json.loads(run('attribution', project, '--order-source', '--model', 'first,last', '--format', 'json'))['tables']['credits']
    assert {(row['model'], row['channel']) for row in rows if row['conversions']} == {('first', 'ads'), ('last', 'email')}, rows


def main():
    tests = [(' '.join(words) or 'defaults', check_options, words, options) for words, options in OPTIONS] + [('bootstrap', check_bootstrap, None, None), ('trend', check_trend, None, None), ('explained', check_explained, None, None), ('worked example', check_worked, None, None), ('lent channels', check_lent, None, None), ('last of the day', check_last, None, None)]
    failed = False
    print('1..%d' % len(tests))
    for i, (name, test, words, options) in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder, words, options)
                print('ok %d %s' % (i, name))
            except Exception:
                failed = True
                print('not ok %d %s' % (i, name))
                print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
        sys.stdout.flush()
    sys.exit(failed)


main()
