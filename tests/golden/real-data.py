"""The published data sets through the command line, against the independent reference in reference/ and published counts.

    real-data.py PATH-OF-MARQUETRY-CLI
Prints TAP; skips as a whole, and says so, where the data sets are not there (MQ_SHARED_DATA, or ../shared/data).
"""
import csv, gzip, io, os, random, shutil, subprocess, sys, tempfile, traceback

CLI = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.environ.get('MQ_SHARED_DATA') or os.path.join(HERE, '..', '..', '..', 'shared', 'data')
REFERENCE = os.path.join(HERE, 'reference', 'rfm_reference.py')

# what the command line is told, what the reference is told
SETS = {
    'online-retail': (
        'online-retail.csv.gz',
        ['--as', 'orders', '--currency', 'GBP'],
        ['--customer', 'CustomerID', '--time', 'InvoiceDate', '--amount', 'Quantity*UnitPrice', '--order', 'InvoiceNo', '--product', 'StockCode']),
    'cdnow': (
        'cdnow-sample.txt',
        ['--as', 'orders', '--currency', 'USD', '--no-header', '--map', 'customer=#2', '--map', 'time=#3', '--map', 'amount=#5', '--date-format', 'YYYYMMDD'],
        ['--customer', '#2', '--time', '#3', '--amount', '#5', '--blanks', '--no-header', '--date-format', 'YYYYMMDD']),
    'rfm-orders': (
        'rfm-orders.csv',
        ['--as', 'orders', '--currency', 'USD', '--map', 'customer=customer_id'],
        ['--customer', 'customer_id', '--time', 'order_date', '--amount', 'revenue']),
}
RFM = [
    ['--period', 'all', '--map', 'eleven'], ['--period', '365d', '--map', 'eleven'], ['--period', '365d', '--map', 'grid'],
    ['--period', 'all', '--map', 'eight'], ['--period', '365d', '--map', 'eight'], ['--period', 'all', '--scoring', 'quantiles'],
    ['--period', 'all', '--quantiles', '3'],
]


def run(*words, status=0, env=None):
    done = subprocess.run(words, capture_output=True, env={**os.environ, **(env or {})})
    assert done.returncode == status, 'status %d, not %d: %s\n%s' % (done.returncode, status, ' '.join(words), done.stderr.decode())
    return done.stdout.decode()


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


class Set:
    """A data set unpacked and imported once."""
    made = {}

    def __init__(self, name, folder):
        file, self.words, self.reference_words = SETS[name]
        self.csv = os.path.join(folder, name + '.csv')
        self.project = os.path.join(folder, name + '.marquetry')
        source = os.path.join(DATA, 'orders', file)
        opener = gzip.open if file.endswith('.gz') else open
        with opener(source, 'rb') as packed, open(self.csv, 'wb') as unpacked:
            shutil.copyfileobj(packed, unpacked)
        self.outcome = rows(run(CLI, 'import', self.project, self.csv, *self.words, '--project-zone', 'UTC', '--format', 'csv'))[0]

    @classmethod
    def get(cls, name, folder):
        if name not in cls.made:
            cls.made[name] = cls(name, folder)
        return cls.made[name]

    def measures(self):
        return {row['measure']: row['value'] for row in rows(run(CLI, 'info', self.project, '--table', 'orders', '--format', 'csv'))}

    def reference(self, *words):
        return rows(run(sys.executable, REFERENCE, self.csv, *self.reference_words, *words))

    def same_customers(self, words):
        ours = {row['customer']: row for row in rows(run(CLI, 'rfm', self.project, '--customers', '--format', 'csv', *words))}
        theirs = {row['customer']: row for row in self.reference(*words)}
        assert ours.keys() == theirs.keys(), (len(ours), len(theirs), list(ours.keys() ^ theirs.keys())[:5])
        for key, row in theirs.items():
            for column, value in row.items():
                assert ours[key][column] == value, (words, key, column, ours[key][column], value)
        return len(ours)


def test_online_retail_counts(folder):
    data = Set.get('online-retail', folder)
    assert int(data.outcome['stored']) + int(data.outcome['rejected']) == int(data.outcome['read']) == 541909
    money = data.measures()
    reference = {row['measure']: row['value'] for row in data.reference('--table', 'orders')}
    for measure, value in reference.items():
        assert money[measure] == value, (measure, money[measure], value)
    assert money['gross_total'] == '9747747.93', money


def test_online_retail_anonymous(folder):
    data = Set.get('online-retail', folder)
    import json
    result = json.loads(run(CLI, 'rfm', data.project, '--period', 'all', '--format', 'json'))
    assert {'reason': 'no customer', 'rows': 135080} in result['provenance']['rows_left_out']
    assert 'NA' not in {row['customer'] for row in result['tables']['customers']}


def test_online_retail_shuffled(folder):
    data = Set.get('online-retail', folder)
    with open(data.csv, encoding='utf-8') as file:
        head, *body = file.readlines()
    random.Random(11).shuffle(body)
    shuffled = os.path.join(folder, 'shuffled.csv')
    with open(shuffled, 'w', encoding='utf-8') as file:
        file.writelines([head] + body)
    other = os.path.join(folder, 'shuffled.marquetry')
    run(CLI, 'import', other, shuffled, *data.words, '--project-zone', 'UTC')
    for words in (['--period', 'all'], ['--map', 'grid']):
        a, b = (run(CLI, 'rfm', project, *words, '--format', 'json') for project in (data.project, other))
        strip = lambda text: '\n'.join(line for line in text.split('"revision"')[::2])
        assert strip(a) == strip(b), words


def test_online_retail_customers(folder):
    for words in RFM:
        assert Set.get('online-retail', folder).same_customers(words) > 4000


def test_online_retail_migration(folder):
    data = Set.get('online-retail', folder)
    words = ['--period', '90d', '--compare-as-of', '2011-09-01', '--map', 'grid']
    ours = {(row['from'], row['to']): (row['customers'], row['revenue']) for row in rows(run(CLI, 'rfm', data.project, *words, '--table', 'migration', '--format', 'csv'))}
    for row in data.reference(*words, '--table', 'migration'):
        if row['customers'] != '0':
            assert ours[row['from'], row['to']] == (row['customers'], row['revenue']), row


def test_cdnow(folder):
    data = Set.get('cdnow', folder)
    assert int(data.outcome['stored']) == 6919
    money = data.measures()
    assert (money['orders'], money['customers']) == ('6696', '2357'), money
    for words in RFM:
        data.same_customers(words)


def test_rfm_orders(folder):
    data = Set.get('rfm-orders', folder)
    assert int(data.outcome['stored']) == 4906
    for words in RFM:
        data.same_customers(words)
    assert data.measures()['customers'] == '995'


def test_transactions_and_events(folder):
    for kind, name, words, count in (
            ('orders', 'campaigns/transactions_sample.csv.gz', [], 75000),
            ('events', 'events/taobao-userbehavior.csv.gz', ['--no-header', '--map', 'customer=#1', '--map', 'product=#2', '--map', 'event=#4', '--map', 'time=#5'], 84476)):
        source = os.path.join(folder, 'data.csv')
        with gzip.open(os.path.join(DATA, name), 'rb') as packed, open(source, 'wb') as unpacked:
            shutil.copyfileobj(packed, unpacked)
        project = os.path.join(folder, kind + '.marquetry')
        status = 3 if kind == 'events' else 0
        outcome = rows(run(CLI, 'import', project, source, '--as', kind, *words, '--currency', 'CNY', '--project-zone', 'Asia/Shanghai', '--format', 'csv', status=status))[0]
        assert int(outcome['read']) == count, outcome
        # the last row of the events is cut off
        assert int(outcome['rejected']) == (1 if kind == 'events' else 0), outcome
        exported = os.path.join(folder, 'exported.csv')
        run(CLI, 'export', project, kind, '-o', exported)
        again = os.path.join(folder, kind + '-again.marquetry')
        run(CLI, 'import', again, exported, '--as', kind, '--currency', 'CNY', '--project-zone', 'Asia/Shanghai')


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
