"""Exports made at random with the values they stand for: what comes out again is these values, cell by cell.

    random-exports.py PATH-OF-MARQUETRY-CLI
MQ_RANDOM_EXPORTS says how many. Prints TAP.
"""
import csv, datetime, gzip, io, json, os, random
from decimal import Decimal

from shell import run_tests

FILES = int(os.environ.get('MQ_RANDOM_EXPORTS', '20'))
ZONE = 'Asia/Shanghai'
NAMES = ['order_id', 'customer_id', 'time', 'product', 'amount', 'quantity', 'Bemerkung', 'zip code']
COMMON = ['Tea', 'Cup, blue', 'He said "hi"', 'a;b', 'x|y', 'tab\there', '50% off', '<b>', 'a  b', "O'Brien", '007', '=1+1', '+49 170', '-x', '@home', '1e5',
          'true', '"quoted"', '"', '""', 'line1\nline2', 'line1\r\nline2', '\\n', 'C:\\dir\\', '%s', 'x' * 300, '1.50', '(5)']
CHINESE = ['茶杯', '北京市，朝阳区', '“引号”', '1.2万件', '全角ＡＢＣ', '１２３', '好评！\n第二行']
# Those that a file cannot show by itself are named.
ENCODINGS = {'utf-8': (CHINESE + ['Müller', '😀', 'a\u0301', '𠮷野家'], None), 'utf-8-sig': (CHINESE, None), 'utf-16': (CHINESE + ['😀'], None), 'utf-16-le': (CHINESE, None),
             'utf-32': (CHINESE, None), 'gb18030': (CHINESE + ['𠮷'], 'GB18030'), 'big5': (['張偉', '許功蓋'], 'BIG5'), 'cp932': (['表示', 'ソ予'], 'SHIFT_JIS'),
             'euc-kr': (['한국어'], 'EUC-KR'), 'cp1252': (['Müller', '5 €'], 'WINDOWS-1252')}


def plain(cents):
    return ('-' if cents < 0 else '') + '%d.%02d' % divmod(abs(cents), 100)


def grouped(cents, sign=','):
    return ('-' if cents < 0 else '') + '{:,}.{:02d}'.format(*divmod(abs(cents), 100)).replace(',', sign)


def in_ten_thousands(cents):
    return format((Decimal(cents) / 1000000).normalize(), 'f') + '万'


AMOUNTS = [plain, grouped, lambda c: plain(c).replace('.', ','), lambda c: grouped(c, ' ').replace('.', ','), lambda c: grouped(c, "'"),
           lambda c: '(%s)' % plain(-c) if c < 0 else plain(c), lambda c: plain(-c) + '-' if c < 0 else plain(c), lambda c: 'CNY ' + plain(c),
           lambda c: '+' + plain(c) if c >= 0 else plain(c)]
CHINESE_AMOUNTS = [in_ten_thousands, lambda c: plain(c) + '元', lambda c: plain(c).translate(str.maketrans('0123456789.', '０１２３４５６７８９．'))]


def epoch(time, unit):
    return str(int((time - datetime.datetime(1970, 1, 1, 8)).total_seconds()) * unit)


# How times are written, up to which digit of "YYYY-MM-DD hh:mm:ss" that tells them, and what has to be said.
TIMES = [(lambda t: t.strftime('%Y-%m-%d %H:%M:%S'), 19, None), (lambda t: '%d/%d/%d %d:%02d' % (t.year, t.month, t.day, t.hour, t.minute), 16, None),
         (lambda t: t.strftime('%d/%m/%Y %H:%M:%S'), 19, 'dmy'), (lambda t: t.strftime('%m/%d/%y'), 10, 'mdy'), (lambda t: t.strftime('%y-%m-%d'), 10, 'ymd'),
         (lambda t: '%d.%d.%d' % (t.day, t.month, t.year), 10, 'dmy'), (lambda t: t.strftime('%Y%m%d%H%M%S'), 19, None), (lambda t: epoch(t, 1), 19, 'epoch-s'),
         (lambda t: epoch(t, 1000), 19, 'epoch-ms'), (lambda t: str((t - datetime.datetime(1899, 12, 30)).days), 10, 'excel'),
         (lambda t: (t - datetime.timedelta(hours=8)).strftime('%Y-%m-%dT%H:%M:%SZ'), 19, None), (lambda t: (t - datetime.timedelta(hours=6)).strftime('%Y-%m-%dT%H:%M:%S+02:00'), 19, None)]
KEYS = [lambda i: '%08d' % i, lambda i: str(123456789012345678 + i * 7919), lambda i: '9' * 20 + '%010d' % i, lambda i: 'E%024d' % i, lambda i: '%d.10' % i, lambda i: '%dE5' % i]
GUARDS = ['%s', '%s', '="%s"', "'%s", '%s\t', '`%s']


def make_rows(rand, pool, encoding):
    write_amount = rand.choice(AMOUNTS + (CHINESE_AMOUNTS if '茶杯' in pool else []))
    write_time, digits, order = rand.choice(TIMES)
    write_key = rand.choice(KEYS)
    guard = rand.choice(GUARDS)
    rows, truth = [], []
    for i in range(rand.choice([3, 8, 30, 100])):
        time = datetime.datetime(2002, 1, 1) + datetime.timedelta(seconds=rand.randrange(86400 * 365 * 23))
        cents = rand.randrange(-10 ** rand.randrange(3, 12), 10 ** 11)
        true = [write_key(i), 'C%04d' % rand.randrange(50), time.strftime('%Y-%m-%d %H:%M:%S')[:digits], rand.choice(pool), plain(cents), str(rand.randrange(1, 99)),
                rand.choice(pool + ['']), '%05d' % rand.randrange(100000)]
        rows.append([guard % true[0], true[1], write_time(time)] + true[3:4] + [write_amount(cents)] + true[5:])
        truth.append(true)
    return rows, truth, ['--date-format', order] if order else []


def write_table(rand, rows):
    delimiter = rand.choice([',', ';', '\t', '|'])
    end = rand.choice(['\n', '\r\n', '\r'])
    quoted = rand.choice(['"\n\r' + delimiter, ''])
    head = rand.choice(['', '', 'Report of orders' + end, '' if delimiter == '\t' else 'sep=' + delimiter + end])

    def cell(text):
        return '"%s"' % text.replace('"', '""') if not quoted or set(text) & set(quoted) else text

    return head + ''.join(delimiter.join(map(cell, row)) + end for row in [NAMES] + rows)


def make_file(seed):
    rand = random.Random(seed)
    encoding = rand.choice(list(ENCODINGS))
    special, said = ENCODINGS[encoding]
    rows, truth, arguments = make_rows(rand, COMMON + special, encoding)
    if encoding == 'utf-8' and rand.random() < 0.4:
        text = '\n'.join(json.dumps(dict(zip(NAMES, row)), ensure_ascii=rand.random() < 0.5) for row in rows)
    else:
        text = write_table(rand, rows)
    data = text.encode(encoding)
    if rand.random() < 0.2:
        data = gzip.compress(data)
    return data, truth, arguments + (['--encoding', said] if said else [])


def test_values_come_back(sh):
    for seed in range(FILES):
        data, truth, arguments = make_file(seed)
        project = '%d.marquetry' % seed
        with open(sh.path('file'), 'wb') as f:
            f.write(data)
        sh.run('import', project, 'file', '--as', 'orders', '--project-zone', ZONE, '--currency', 'CNY', *arguments)
        found = {row['order_id']: row for row in csv.DictReader(io.StringIO(sh.run('export', project, 'orders'), newline=''))}
        assert len(found) == len(truth), (seed, len(found), len(truth))
        for true in truth:
            got = [found[true[0]].get(name, '') for name in NAMES]
            assert got == true, (seed, arguments, true, got)


run_tests(globals())
