"""Retention of the published data sets through the command line, against the independent reference in reference/.

    real-retention.py PATH-OF-MARQUETRY-CLI
Prints TAP; skips as a whole, and says so, where the data sets are not there (MQ_SHARED_DATA, or ../shared/data).
"""
import argparse, csv, datetime as dt, gzip, io, os, random, shutil, subprocess, sys, tempfile, traceback
from collections import defaultdict
from decimal import Decimal
from zoneinfo import ZoneInfo

CLI = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.environ.get('MQ_SHARED_DATA') or os.path.join(HERE, '..', '..', '..', 'shared', 'data')
sys.path.insert(0, os.path.join(HERE, 'reference'))
import retention_reference as ref
import rfm_reference as rfm

SETS = {
    'online-retail': (
        'online-retail.csv.gz', ['--currency', 'GBP'],
        dict(customer='CustomerID', time='InvoiceDate', amount='Quantity*UnitPrice', order='InvoiceNo', product='StockCode')),
    'cdnow': (
        'cdnow-sample.txt',
        ['--currency', 'USD', '--no-header', '--map', 'customer=#2', '--map', 'time=#3', '--map', 'amount=#5', '--date-format', 'YYYYMMDD'],
        dict(customer='#2', time='#3', amount='#5', order=None, product=None, blanks=True, no_header=True, date_format='YYYYMMDD')),
}
CELLS = [
    (unit, mode, clock, measure)
    for unit in ('month', 'week') for clock in ('calendar', 'rolling')
    for mode, measure in (('on', 'share'), ('on', 'customers'), ('unbounded', 'share'), ('on', 'orders'), ('on', 'revenue'), ('on', 'cumulative-revenue'), ('unbounded', 'revenue'))
] + [('day', 'on', 'calendar', 'customers'), ('day', 'on', 'rolling', 'customers')]


def run(*words, status=0):
    done = subprocess.run(words, capture_output=True)
    assert done.returncode == status, 'status %d, not %d: %s\n%s' % (done.returncode, status, ' '.join(words), done.stderr.decode())
    return done.stdout.decode()


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


class Set:
    made = {}

    def __init__(self, name, folder):
        file, self.words, columns = SETS[name]
        self.csv, self.project = (os.path.join(folder, name + end) for end in ('.csv', '.marquetry'))
        source = os.path.join(DATA, 'orders', file)
        with (gzip.open if file.endswith('.gz') else open)(source, 'rb') as packed, open(self.csv, 'wb') as unpacked:
            shutil.copyfileobj(packed, unpacked)
        run(CLI, 'import', self.project, self.csv, '--as', 'orders', *self.words, '--project-zone', 'UTC')
        zone = ZoneInfo('UTC')
        args = argparse.Namespace(**{**dict(file=self.csv, digits=2, blanks=False, no_header=False, date_format=None), **columns})
        lines = rfm.read_lines(args, zone)
        self.as_of = max(l.time for l in lines).date()
        book = rfm.Book(lines, zone, rfm.end_of_day(self.as_of, zone), bool(args.product))
        self.orders = defaultdict(list)
        for order in sorted(book.valid, key=lambda o: o.time):
            if order.customer is not None:
                self.orders[order.customer].append(ref.Record(order.time, order.lines[0].precision == rfm.DAY, order.net, True))
        self.cuts = [cut for cut in book.unmatched if cut[0] is not None]

    @classmethod
    def get(cls, name, folder):
        if name not in cls.made:
            cls.made[name] = cls(name, folder)
        return cls.made[name]

    def reference(self, period=(None, None)):
        return ref.Retention(self.orders, self.orders, self.orders, self.cuts, ZoneInfo('UTC'), self.as_of, (period[0], period[1] or self.as_of))

    def ask(self, table, *words):
        return rows(run(CLI, 'retention', self.project, '--table', table, '--format', 'csv', *words))


def same_cells(ours, theirs):
    assert len(ours) == len(theirs), (len(ours), len(theirs))
    for mine, (cohort, period, size, value, complete) in zip(ours, theirs):
        assert (mine['cohort'], mine['period'], mine['size']) == (cohort, str(period), str(size)), (mine, cohort, period, size)
        assert mine['complete'] == str(complete).lower(), (mine, complete)
        if isinstance(value, (int, Decimal)):
            assert Decimal(mine['value']) == value, (mine, value)
        else:
            assert float(mine['value']) == float(value), (mine, float(value))


def check_set(name, folder):
    data = Set.get(name, folder)
    reference = data.reference()
    for unit, mode, clock, measure in CELLS:
        words = ['--period', 'all', '--unit', unit, '--mode', mode, '--clock', clock, '--measure', measure]
        same_cells(data.ask('cells', *words), reference.cells(unit, mode, clock, measure))
    for text, brackets in (('0,1-3,4-', [(0, 0), (1, 3), (4, None)]), ('2-4,7-9', [(2, 4), (7, 9)])):
        for measure in ('share', 'orders', 'cumulative-revenue'):
            words = ['--period', 'all', '--unit', 'month', '--brackets', text, '--measure', measure]
            same_cells(data.ask('cells', *words), reference.cells('month', measure=measure, brackets=brackets))


def check_repurchase(data, reference, words, since=None):
    ours = [(r['measure'], int(r['customers']), int(r['n'])) for r in data.ask('repurchase', *words)]
    assert ours == reference.repurchase(since), (ours, reference.repurchase(since))
    closed, still_open = reference.gaps()
    figures = data.ask('interval_figures', *words)[0]
    assert (int(figures['n']), int(figures['open'])) == (len(closed), len(still_open))
    for column, part in (('p25', .25), ('median', .5), ('p75', .75), ('p90', .9)):
        assert abs(float(figures[column]) - ref.quantile(closed, part)) < 1e-9, (column, figures)
    assert {int(r['days']): int(r['intervals']) for r in data.ask('intervals', *words) if r['intervals'] != '0'} == {d: closed.count(d) for d in set(closed)}
    theirs = reference.silence()
    silence = data.ask('silence', *words)
    assert len(silence) == len(theirs), (len(silence), len(theirs))
    for mine, (day, n, chance) in zip(silence, theirs):
        assert (int(mine['day']), int(mine['n'])) == (day, n) and abs(float(mine['chance']) - chance) < 1e-9, (mine, day, n, chance)
    days = data.ask('silence_days', *words)[0]
    for column, part in (('going_silent', 2 / 3), ('asleep', 1 / 2)):
        day = ref.suggested_day(theirs, part)
        assert days[column] == ('' if day is None else str(day)), (days, day)


def test_online_retail_cells(folder):
    check_set('online-retail', folder)


def test_cdnow_cells(folder):
    check_set('cdnow', folder)


def test_period(folder):
    data = Set.get('online-retail', folder)
    first, last = dt.date(2011, 3, 15), dt.date(2011, 8, 2)
    words = ['--from', '2011-03-15', '--to', '2011-08-02']
    for unit in ('month', 'week'):
        same_cells(data.ask('cells', *words, '--unit', unit), data.reference((first, last)).cells(unit))
    check_repurchase(data, data.reference((first, last)), words)


def test_repurchase(folder):
    for name, since in (('online-retail', None), ('cdnow', dt.date(1996, 1, 1))):
        data = Set.get(name, folder)
        words = ['--period', 'all'] + (['--complete-since', since.isoformat()] if since else [])
        check_repurchase(data, data.reference(), words, since)


def test_means(folder):
    data = Set.get('online-retail', folder)
    reference = data.reference()
    covered = reference.covered()
    sums = defaultdict(lambda: [0, 0, 0])
    for cohort, period, size, value, complete in reference.cells('month', measure='customers'):
        if complete and dt.date.fromisoformat(cohort + '-01') >= covered:
            for i, more in enumerate((1, size, value)):
                sums[period][i] += more
    for row in data.ask('means', '--period', 'all'):
        n, size, customers = sums[int(row['period'])]
        assert (int(row['cohorts']), int(row['size'])) == (n, size), row
        if n:
            low, high = ref.wilson(customers / size, size)
            for column, value in (('value', customers / size), ('low', low), ('high', high)):
                assert abs(float(row[column]) - value) < 1e-12, (row, column, value)
        else:
            assert row['value'] == '', row


def test_customers(folder):
    data = Set.get('online-retail', folder)
    cells = {(r['cohort'], r['period']): r for r in data.ask('cells', '--period', 'all')}
    for cell in (('2011-03', '0'), ('2011-03', '2'), ('2010-12', '11')):
        who = data.ask('customers', '--period', 'all', '--customers', ':'.join(cell))
        assert len(who) == int(cells[cell]['customers']), (cell, len(who))
        for row in who:
            orders = data.orders[row['customer']]
            assert row['start'][:7] == cell[0] and int(row['orders']) == len(orders) and Decimal(row['revenue']) == sum(o.net for o in orders), row


def test_same_bytes(folder):
    data = Set.get('online-retail', folder)
    with open(data.csv, encoding='utf-8') as file:
        head, *body = file.readlines()
    random.Random(5).shuffle(body)
    shuffled, other = os.path.join(folder, 'shuffled.csv'), os.path.join(folder, 'shuffled.marquetry')
    with open(shuffled, 'w', encoding='utf-8') as file:
        file.writelines([head] + body)
    run(CLI, 'import', other, shuffled, '--as', 'orders', *data.words, '--project-zone', 'UTC')
    strip = lambda text: '\n'.join(text.split('"revision"')[::2])
    for words in (['--measure', 'cumulative-revenue'], ['--clock', 'rolling', '--unit', 'week', '--mode', 'unbounded']):
        texts = {run(CLI, 'retention', project, *words, '--threads', str(n), '--format', 'json')
                 for project, n in ((data.project, 1), (data.project, 2), (data.project, 5))}
        assert len(texts) == 1
        assert strip(texts.pop()) == strip(run(CLI, 'retention', other, *words, '--format', 'json'))


class Taobao:
    """The events as lists, straight from the file: (customer, time, name, product)."""
    made = None

    def __init__(self, folder):
        self.zone = ZoneInfo('Asia/Shanghai')
        self.csv, self.project = (os.path.join(folder, 'taobao' + end) for end in ('.csv', '.marquetry'))
        with gzip.open(os.path.join(DATA, 'events', 'taobao-userbehavior.csv.gz'), 'rb') as packed, open(self.csv, 'wb') as unpacked:
            shutil.copyfileobj(packed, unpacked)
        run(CLI, 'import', self.project, self.csv, '--as', 'events', '--no-header', '--map', 'customer=#1', '--map', 'product=#2', '--map', 'event=#4',
            '--map', 'time=#5', '--currency', 'CNY', '--project-zone', 'Asia/Shanghai', status=3)
        with open(self.csv) as file:
            cells = [row for row in csv.reader(file) if len(row) == 5 and row[4].isdigit() and len(row[4]) == 10]
        self.events = [(row[0], dt.datetime.fromtimestamp(int(row[4]), dt.timezone.utc), row[3], row[1]) for row in cells]
        self.events.sort(key=lambda e: e[1])

    @classmethod
    def get(cls, folder):
        cls.made = cls.made or cls(folder)
        return cls.made

    def day(self, event):
        return event[1].astimezone(self.zone).date()

    def ask(self, *words):
        return rows(run(CLI, *words[:1], self.project, *words[1:], '--format', 'csv'))


def test_taobao_events(folder):
    data = Taobao.get(folder)
    first, last = dt.date(2017, 11, 28), dt.date(2017, 12, 1)
    words = ['--from', first.isoformat(), '--to', last.isoformat()]
    for names in ('*', 'pv', 'buy,cart'):
        wanted = [e for e in data.events if names == '*' or e[2] in names.split(',')]
        trend = data.ask('events', '--event', names, '--moving', '2', *words)
        assert len(trend) == 4, trend
        counts = []
        for i, row in enumerate(trend):
            day = first + dt.timedelta(days=i)
            inside = [e for e in wanted if data.day(e) == day]
            before = [e for e in wanted if data.day(e) == day - dt.timedelta(days=4)]
            counts.append(len(inside))
            assert (row['period'], int(row['events']), int(row['customers'])) == (day.isoformat(), len(inside), len({e[0] for e in inside})), row
            assert int(row['previous']) == len(before) and row['complete'] == 'true', row
            assert row['moving_average'] == '' if i == 0 else float(row['moving_average']) == sum(counts[-2:]) / 2, row
        total = data.ask('events', '--event', names, '--table', 'totals', *words)[0]
        inside = [e for e in wanted if first <= data.day(e) <= last]
        assert (int(total['events']), int(total['customers'])) == (len(inside), len({e[0] for e in inside})), total
    by_name = {r['group']: r for r in data.ask('events', '--by', 'event', '--table', 'totals', *words)}
    for name in ('pv', 'buy', 'cart', 'fav'):
        inside = [e for e in data.events if e[2] == name and first <= data.day(e) <= last]
        before = [e for e in data.events if e[2] == name and 4 >= (first - data.day(e)).days > 0]
        row = by_name[name]
        assert (int(row['events']), int(row['customers']), int(row['previous_events'])) == (len(inside), len({e[0] for e in inside}), len(before)), row


def test_taobao_retention(folder):
    data = Taobao.get(folder)
    def lists(name):
        out = defaultdict(list)
        for e in data.events:
            if name in ('*', e[2]):
                out[e[0]].append(ref.Record(e[1]))
        return out
    last = max(data.day(e) for e in data.events)
    for start, back, clock, mode in (('*', '*', 'calendar', 'on'), ('pv', 'buy', 'calendar', 'on'), ('pv', 'buy', 'rolling', 'on'), ('cart', 'pv', 'rolling', 'unbounded')):
        starts = lists(start)
        reference = ref.Retention(starts, starts if start == back else lists(back), {}, [], data.zone, last, (dt.date(2017, 11, 25), last))
        words = ['--start', start, '--return', back, '--unit', 'day', '--from', '2017-11-25', '--clock', clock, '--mode', mode]
        same_cells(data.ask('retention', *words), reference.cells('day', mode, clock))
        # the same through the general way, which a list of names takes
        same_cells(data.ask('retention', *words, *['--start', start + ',' + start]), reference.cells('day', mode, clock))


def test_taobao_paths(folder):
    """Paths may differ only for those who did two things in one second."""
    data = Taobao.get(folder)
    first, last, steps = dt.date(2017, 11, 25), dt.date(2017, 12, 3), 4
    history = defaultdict(list)
    for event in data.events:
        history[event[0]].append(event)
    for anchor, backwards in (('pv', False), ('buy', True)):
        paths, ends, tied = defaultdict(int), defaultdict(int), 0
        for events in history.values():
            events.sort(key=lambda e: e[1])
            at = next((i for i, e in enumerate(events) if e[2] == anchor and first <= data.day(e) <= last), None)
            if at is None:
                continue
            walk = events[at::-1] if backwards else events[at:]
            walk = [e for e in walk if abs(e[1] - events[at][1]) <= dt.timedelta(days=7)]
            path = []
            for event in walk:
                if len(path) < steps and (not path or path[-1] != event[2]):
                    path.append(event[2])
            tied += any(a[1] == b[1] and a[2] != b[2] for a, b in zip(walk, walk[1:]))
            paths[' → '.join(reversed(path) if backwards else path)] += 1
        words = ['--end' if backwards else '--start', anchor, '--steps', str(steps), '--from', first.isoformat(), '--to', last.isoformat()]
        ours = {r['path']: int(r['customers']) for r in data.ask('paths', *words, '--table', 'paths')}
        assert sum(ours.values()) == sum(paths.values()), (sum(ours.values()), sum(paths.values()))
        assert sum(abs(ours.get(p, 0) - paths.get(p, 0)) for p in set(ours) | set(paths)) <= 2 * tied, (anchor, tied)
        nodes, links = (data.ask('paths', *words, '--table', t) for t in ('nodes', 'links'))
        for node in nodes:
            out = sum(int(l['customers']) for l in links if (l['stage'], l['from']) == (node['stage'], node['node']))
            into = sum(int(l['customers']) for l in links if (int(l['stage']) + 1, l['to']) == (int(node['stage']), node['node']))
            inner = int(node['stage']) + 1 < steps and not backwards or int(node['stage']) > 0 and backwards
            if inner:
                assert (into if backwards else out) + int(node['ended']) == int(node['customers']), node
        who = data.ask('paths', *words, '--customers', '1:cart', '--table', 'customers')
        assert [int(n['customers']) for n in nodes if (n['stage'], n['node']) == ('1', 'cart')] == [len(who)]


def main():
    if not os.path.isdir(os.path.join(DATA, 'orders')):
        print('1..0 # SKIP the published data sets are not here')
        return
    tests = [(name, f) for name, f in sorted(globals().items()) if name.startswith('test_')]
    print('1..%d' % len(tests))
    with tempfile.TemporaryDirectory() as folder:
        for i, (name, test) in enumerate(tests, 1):
            try:
                test(folder)
                print('ok %d %s' % (i, name))
            except Exception:
                print('not ok %d %s' % (i, name))
                print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
            sys.stdout.flush()


main()
