"""The command line as a script sees it: what CLI.md promises, checked from outside.

    contract.py PATH-OF-MARQUETRY-CLI
Prints TAP. Each test has its own folder and its own project.
"""
import csv, io, json, os, random, shutil, subprocess
from fractions import Fraction

from shell import CLI, Shell, run_tests

ORDERS = '''order_id,customer_id,time,product,amount,status
1001,007,2024-01-05 10:00:00,Tea,12.50,paid
1001,007,2024-01-05 10:00:00,Cup,7.50,paid
1002,42,2024-02-01 09:30:00,Tea,12.50,paid
1003,42,2024-03-01 09:30:00,Pot,30.00,unpaid
1004,a b,2024-03-02 00:00:00,Pot,30.005,completed
1005,,2024-03-03 08:00:00,Tea,12.50,paid
'''


def project(sh, text=ORDERS, name='orders.csv', **kwargs):
    sh.write(name, text)
    return sh.table('import', 'import', 'p.marquetry', name, '--as', 'orders', '--currency', 'EUR', '--project-zone', 'Europe/Berlin', **kwargs)[0]


def measures(sh):
    return {row['measure']: row['value'] for row in sh.table('orders', 'info', 'p.marquetry')}


def test_counts_add_up(sh):
    outcome = project(sh)
    assert (outcome['read'], outcome['stored'], outcome['rejected'], outcome['number']) == (6, 6, 0, 1), outcome


def test_second_import_changes_nothing(sh):
    project(sh)
    before = sh.json('rfm', 'p.marquetry', '--period', 'all')
    outcome = sh.table('import', 'import', 'p.marquetry', 'orders.csv', '--as', 'orders')[0]
    assert (outcome['unchanged'], outcome['stored'], outcome['updated']) == (6, 0, 0), outcome
    after = sh.json('rfm', 'p.marquetry', '--period', 'all')
    before['provenance'].pop('revision'), after['provenance'].pop('revision')
    assert before == after


def test_update_and_undo_any(sh):
    project(sh)
    sh.write('b.csv', ORDERS.replace('1002,42,2024-02-01 09:30:00,Tea,12.50,paid', '1002,42,2024-02-01 09:30:00,Tea,11.00,paid'))
    outcome = sh.table('import', 'import', 'p.marquetry', 'b.csv', '--as', 'orders')[0]
    assert (outcome['updated'], outcome['unchanged']) == (1, 5), outcome
    sh.run('undo', 'p.marquetry', '1')
    assert [row['number'] for row in sh.table('imports', 'imports', 'p.marquetry')] == [2]
    rows = list(csv.DictReader(io.StringIO(sh.run('export', 'p.marquetry', 'orders'))))
    assert sorted(row['amount'] for row in rows if row['order_id'] == '1002') == ['11.00'], rows
    sh.run('undo', 'p.marquetry')
    assert sh.run('export', 'p.marquetry', 'orders').count('\n') <= 1


def test_row_order_does_not_matter(sh):
    lines = ORDERS.splitlines(True)
    results = []
    for seed in range(3):
        body = lines[1:]
        random.Random(seed).shuffle(body)
        sh.write('s%d.csv' % seed, ''.join(lines[:1] + body))
        sh.run('import', 'q%d.marquetry' % seed, 's%d.csv' % seed, '--as', 'orders', '--currency', 'EUR', '--project-zone', 'UTC')
        result = sh.json('rfm', 'q%d.marquetry' % seed, '--period', 'all')
        result['provenance'].pop('revision')
        results.append(json.dumps(result))
    assert len(set(results)) == 1


def test_identifiers_are_text(sh):
    project(sh)
    customers = [row['customer'] for row in sh.table('customers', 'rfm', 'p.marquetry', '--period', 'all')]
    assert customers == sorted(customers) and '007' in customers and 'a b' in customers, customers


def test_money_is_exact(sh):
    project(sh)
    money = measures(sh)
    # 30.005 rounds half to even; the unpaid order does not count
    assert str(money['net']) == '75.00', money


def test_export_comes_back(sh):
    project(sh)
    sh.run('export', 'p.marquetry', 'orders', '-o', 'out.csv')
    sh.run('import', 'q.marquetry', 'out.csv', '--as', 'orders', '--currency', 'EUR', '--project-zone', 'Europe/Berlin')
    a, b = (sh.json('rfm', p, '--period', 'all')['provenance']['data'] for p in ('p.marquetry', 'q.marquetry'))
    assert a == b


def test_other_currencies_keep_their_digits(sh):
    project(sh, 'order_id,customer,time,amount,currency\n1,a,2024-01-01,10,EUR\n2,a,2024-01-02,1234,JPY\n3,a,2024-01-03,1.25,KWD\n')
    sh.run('export', 'p.marquetry', 'orders', '-o', 'out.csv')
    rows = {row['currency']: row['amount'] for row in csv.DictReader(io.StringIO(sh.bytes('out.csv').decode()))}
    assert rows == {'EUR': '10.00', 'JPY': '1234', 'KWD': '1.250'}, rows


def test_currency_settles_the_decimal_sign(sh):
    for currency, amounts, net in (('KWD', ('1.250', '2.500'), '3.750'), ('JPY', ('"1,250"', '"2,500"'), '3750')):
        sh.write('f.csv', 'order_id,customer,time,amount\n1,a,2024-01-01,%s\n2,b,2024-01-01,%s\n' % amounts)
        sh.run('import', currency, 'f.csv', '--as', 'orders', '--currency', currency, '--project-zone', 'UTC')
        rows = {row['measure']: row['value'] for row in sh.table('orders', 'info', currency)}
        assert rows['net'] == net, (currency, rows)
    sh.run('import', 'e', 'f.csv', '--as', 'orders', '--currency', 'EUR', '--project-zone', 'UTC', status=2)
    assert '--decimal' in sh.stderr


def test_info_names_the_data(sh):
    sh.write('e.csv', 'customer,time,event,note\na,2024-01-01 10:00:00,view,x\na,2024-01-01 10:00:00,view,x\n,2024-01-02,buy,"NA"\n')
    sh.run('import', 'p.marquetry', 'e.csv', '--as', 'events', '--currency', 'EUR', '--project-zone', 'UTC')
    sh.run('export', 'p.marquetry', 'events', '-o', 'out.csv')
    sh.run('import', 'q.marquetry', 'out.csv', '--as', 'events', '--currency', 'EUR', '--project-zone', 'UTC')
    a, b = (sh.json('info', p)['provenance'] for p in ('p.marquetry', 'q.marquetry'))
    assert a['data'] == b['data'] and len(a['data']) == 32 and a['time_zone'] == 'UTC', (a, b)


def test_customers_come_back_as_one(sh):
    first = 'customer,name,city,added_at,first_channel\n1,Al,Paris,2024-01-01,shop\n2,Bo,Rome,2024-02-01,ads\n'
    for name, text in (('a.csv', first), ('b.csv', first), ('c.csv', 'customer,city,score,added_at,first_channel\n1,Lyon,5,2024-03-01,mail\n3,Oslo,7,,\n')):
        sh.write(name, text)
        sh.run('import', 'p.marquetry', name, '--as', 'customers', '--currency', 'EUR', '--project-zone', 'UTC')
    sh.run('export', 'p.marquetry', 'customers', '-o', 'out.csv')
    rows = [(r['customer_id'], r['name'], r['city'], r['added_at'], r['first_channel'], r['score']) for r in csv.DictReader(io.StringIO(sh.bytes('out.csv').decode()))]
    assert rows == [('1', 'Al', 'Lyon', '2024-01-01', 'shop', '5'), ('2', 'Bo', 'Rome', '2024-02-01', 'ads', ''), ('3', '', 'Oslo', '', '', '7')], rows
    sh.run('import', 'q.marquetry', 'out.csv', '--as', 'customers', '--currency', 'EUR', '--project-zone', 'UTC')
    a, b = (sh.json('info', p)['provenance']['data'] for p in ('p.marquetry', 'q.marquetry'))
    assert a == b


def test_status_meanings_belong_to_their_imports(sh):
    def load(name, row, *words):
        sh.write(name, 'order_id,customer,time,amount,status\n' + row)
        sh.run('import', 'p.marquetry', name, '--as', 'orders', *words)

    load('a.csv', '1,a,2024-01-01,1,foo\n', '--currency', 'EUR', '--project-zone', 'UTC', '--status', 'foo=unpaid')
    load('b.csv', '2,b,2024-01-02,1,foo\n')
    # a proposal takes nothing back that was said
    assert measures(sh)['unpaid'] == '2'
    load('c.csv', '3,c,2024-01-03,1,foo\n', '--status', 'foo=paid')
    assert measures(sh)['unpaid'] == '0'
    sh.run('undo', 'p.marquetry')
    assert measures(sh)['unpaid'] == '2'
    sh.run('undo', 'p.marquetry', '1')
    assert measures(sh)['unpaid'] == '0'


def test_amount_of_the_order_with_statuses(sh):
    sh.write('f.csv', 'order_id,customer,time,amount,status,product\n1,a,2024-01-01,30,paid,x\n1,a,2024-01-01,30,closed,y\n2,b,2024-01-02,20,refunded,x\n2,b,2024-01-02,20,refunded,y\n')
    sh.run('import', 'p.marquetry', 'f.csv', '--as', 'orders', '--amount-of', 'order', '--currency', 'EUR', '--project-zone', 'UTC')
    money = measures(sh)
    assert (money['gross'], money['net'], money['valid_orders'], money['fully_refunded']) == ('50.00', '30.00', '1', '1'), money


def test_bad_file_leaves_no_trace(sh):
    project(sh)
    before = sh.bytes('p.marquetry')
    sh.write('bad.csv', 'order_id,customer_id,time,amount\n1,2,"2024-01-01\n')
    sh.run('import', 'p.marquetry', 'bad.csv', '--as', 'orders', status=1)
    assert 'bad.csv:2:5' in sh.stderr, sh.stderr
    assert sh.bytes('p.marquetry') == before
    sh.run('import', 'new.marquetry', 'bad.csv', '--as', 'orders', status=1)
    assert not os.path.exists(sh.path('new.marquetry'))


def test_rejected_rows_are_kept(sh):
    sh.write('r.csv', 'order_id,customer_id,time,amount\n1,2,2024-01-01,10\n2,3,2024-01-02,ten\n3,4,2024-01-03,7\n4,5,2024-01-04,8\n')
    result = sh.json('import', 'p.marquetry', 'r.csv', '--as', 'orders', '--currency', 'EUR', '--project-zone', 'UTC', '--rejects', 'rejects.csv', status=3)
    assert result['tables']['import'][0]['rejected'] == 1
    reject = sh.table('rejected', 'rejects', 'p.marquetry')[0]
    assert (reject['line'], reject['column'], reject['text']) == (3, 16, '2,3,2024-01-02,ten'), reject
    assert sh.bytes('rejects.csv').count(b'\n') == 2
    before = sh.bytes('p.marquetry')
    sh.run('import', 'p.marquetry', 'r.csv', '--as', 'orders', '--on-bad-row', 'stop', status=1)
    assert 'r.csv:3:16' in sh.stderr and 'ten' not in sh.stderr, sh.stderr
    assert sh.bytes('p.marquetry') == before


def test_exit_statuses(sh):
    sh.run('rfm', 'nothing.marquetry', status=1)
    assert not os.path.exists(sh.path('nothing.marquetry'))
    sh.run('nonsense', status=2)
    project(sh)
    sh.run('rfm', 'p.marquetry', '--quantiles', '99', status=2)
    assert 'quantiles' in sh.stderr, sh.stderr
    sh.run('rfm', 'p.marquetry', '--map', 'nine', status=2)
    sh.run('rfm', 'p.marquetry', '--as-of', 'yesterday', status=2)
    sh.run('import', 'p.marquetry', 'orders.csv', status=2)
    sh.run('import', 'p.marquetry', 'none.csv', '--as', 'orders', status=1)
    sh.run('undo', 'p.marquetry', '77', status=1)


def test_ambiguous_dates_are_asked(sh):
    sh.write('d.csv', 'order_id,customer_id,time,amount\n1,2,03/04/2011,10\n2,3,05/06/2011,11\n')
    sh.run('import', 'p.marquetry', 'd.csv', '--as', 'orders', status=2)
    assert '--date-format' in sh.stderr
    assert not os.path.exists(sh.path('p.marquetry'))
    sh.run('import', 'p.marquetry', 'd.csv', '--as', 'orders', '--date-format', 'dmy', '--currency', 'EUR', '--project-zone', 'UTC')
    assert sh.json('rfm', 'p.marquetry')['provenance']['as_of'].startswith('2011-06-05')


def test_chinese_file(sh):
    sh.write('c.csv', '订单编号,买家会员名,订单付款时间 ,买家实际支付金额,订单状态,宝贝标题 \n="345600001",小明,2026/1/5 9:05,¥1,交易成功,茶\n="345600002",小红,2026/1/6 19:05,2,等待买家付款,杯\n', encoding='gb18030')
    sh.run('import', 'p.marquetry', 'c.csv', '--as', 'orders', '--currency', 'CNY', '--project-zone', 'Asia/Shanghai')
    money = measures(sh)
    assert str(money['net']) == '1.00' and int(money['unpaid']) == 1, money


def test_standard_input_and_dry_run(sh):
    result = sh.json('import', 'p.marquetry', '-', '--as', 'orders', '--dry-run', stdin=ORDERS.encode())
    assert result['tables']['import'][0]['stored'] == 6
    assert not os.path.exists(sh.path('p.marquetry'))


def test_machine_output_knows_no_locale(sh):
    project(sh)
    plain = sh.run('rfm', 'p.marquetry', '--format', 'csv')
    for locale in ('de_DE.UTF-8', 'tr_TR.UTF-8', 'zh_CN.UTF-8'):
        done = subprocess.run([CLI, 'rfm', 'p.marquetry', '--format', 'csv'], cwd=sh.folder, capture_output=True,
                              env={**os.environ, 'LC_ALL': locale, 'LANGUAGE': locale[:5], 'TZ': 'Pacific/Apia'})
        assert done.stdout.decode() == plain, locale


def test_threads_change_nothing(sh):
    rows = ''.join('%d,%d,2024-%02d-%02d %02d:00:00,P%d,%d.%02d,paid\n' % (i, i * 7919 % 501, i % 12 + 1, i % 28 + 1, i % 24, i % 9, i % 90, i % 100) for i in range(5000))
    sh.write('t.csv', ORDERS.splitlines(True)[0] + rows)
    answers = set()
    for n in ('1', '2', '5'):
        sh.run('import', 't%s.marquetry' % n, 't.csv', '--as', 'orders', '--currency', 'EUR', '--project-zone', 'UTC', '--threads', n)
        answers.add(sh.run('rfm', 't%s.marquetry' % n, '--format', 'json', '--threads', n))
    assert len(answers) == 1


def test_pictures(sh):
    project(sh)
    for name in ('a.png', 'a.svg', 'a.pdf'):
        sh.run('chart', 'p.marquetry', 'rfm', '-o', name, '--size', '800x500')
        first = sh.bytes(name)
        sh.run('chart', 'p.marquetry', 'rfm', '-o', name, '--size', '800x500')
        assert sh.bytes(name) == first and len(first) > 1000, name
    sh.run('report', 'p.marquetry', '-o', 'r.pdf', '--lang', 'zh_CN')
    assert sh.bytes('r.pdf').startswith(b'%PDF')
    sh.run('report', 'p.marquetry', '-o', 'r.doc', status=1)


PLAN = """{'version': <1>, 'title': <'Monday'>, 'paper': <'letter'>, 'items': <[
  {'module': <'rfm'>, 'chart': <'segments-revenue'>, 'title': <'Who pays'>, 'note': <'Talk about it'>, 'settings': <{'map': <'grid'>}>},
  {'module': <'rfm'>, 'settings': <@a{sv} {}>}]>}"""


def pdf_text(sh, name):
    return subprocess.check_output(['pdftotext', '-layout', sh.path(name), '-'], text=True)


def test_report(sh):
    """Empty: the pages that have data. Else what the project's report holds; --page asks for pages instead."""
    project(sh)
    if not shutil.which('pdftotext'):
        return
    sh.run('report', 'p.marquetry', '-o', 'd.pdf')
    assert 'RFM' in pdf_text(sh, 'd.pdf') and 'As of' in pdf_text(sh, 'd.pdf'), pdf_text(sh, 'd.pdf')
    sh.write('plan', PLAN)
    sh.run('report', 'p.marquetry', '-o', 'a.pdf', '--plan', 'plan')
    first = sh.bytes('a.pdf')
    sh.run('report', 'p.marquetry', '-o', 'a.pdf', '--plan', 'plan')
    assert sh.bytes('a.pdf') == first
    text = pdf_text(sh, 'a.pdf')
    for words in ('Monday', 'Contents', 'Who pays', 'Talk about it', 'Page 3 of 3', data_hash(sh, 'p.marquetry')):
        assert words in text, (words, text)
    assert 'letter' in subprocess.check_output(['pdfinfo', sh.path('a.pdf')], text=True)
    sh.run('report', 'p.marquetry', '-o', 'p.pdf', '--page', 'rfm', '--paper', 'a4')
    assert 'Page 1 of 1' in pdf_text(sh, 'p.pdf') and 'A4' in subprocess.check_output(['pdfinfo', sh.path('p.pdf')], text=True)
    sh.run('report', 'p.marquetry', '-o', 'p.pdf', '--page', 'nothing', status=2)
    sh.run('create', 'empty.marquetry', '--currency', 'EUR', '--project-zone', 'UTC')
    sh.run('report', 'empty.marquetry', '-o', 'e.pdf', status=1)
    for analysis in ('rfm', 'funnel', 'retention', 'events', 'paths', 'attribution', 'sentiment', 'quality', 'holdout', 'reconcile'):
        sh.run(analysis, 'empty.marquetry', status=1)
        assert 'The project has no ' in sh.stderr, (analysis, sh.stderr)


def test_maps(sh):
    project(sh)
    sh.run('rfm', 'p.marquetry', '--map', 'mine', status=2)
    assert 'map' in sh.stderr, sh.stderr
    names = [row['segment'] for row in sh.json('rfm', 'p.marquetry', '--map', 'eight')['tables']['segments']]
    assert names[0] == 'important value' and names[-1] == 'general retain', names


def test_migration(sh):
    """The customers then and now, segment by segment, add up to the two populations."""
    project(sh)
    now = sh.json('rfm', 'p.marquetry', '--period', 'all', '--map', 'grid', '--customers', '--as-of', '2024-12-31', '--compare-as-of', '2024-02-01')['tables']
    then = sh.json('rfm', 'p.marquetry', '--period', 'all', '--map', 'grid', '--customers', '--as-of', '2024-02-01')['tables']
    was = {row['customer']: row['segment'] for row in then['customers']}
    moves = {}
    for row in now['customers']:
        assert row['segment_before'] == was.get(row['customer']), row
        key = (was.pop(row['customer'], None), row['segment'])
        moves[key] = moves.get(key, 0) + 1
    for segment in was.values():
        moves[segment, None] = moves.get((segment, None), 0) + 1
    assert {(row['from'], row['to']): row['customers'] for row in now['migration'] if row['customers']} == moves, (now['migration'], moves)


def test_reading_needs_no_lock(sh):
    project(sh)
    os.chmod(sh.path('p.marquetry'), 0o400)
    assert len(sh.table('imports', 'imports', 'p.marquetry')) == 1


def data_hash(sh, name):
    return sh.json('rfm', name, '--period', 'all')['provenance']['data']


CURRENCIES = '''order_id,customer_id,time,amount,discount,currency
1,a,2024-01-05 10:00:00,1500,100,JPY
2,b,2024-01-06 10:00:00,1.234,0.005,kwd
3,c,2024-01-07 10:00:00,12.50,1.25,EUR
4,d,2024-01-08 10:00:00,7.25,,
5,e,2024-01-09 10:00:00,8.75,,Taler
'''


def test_other_currencies(sh):
    sh.write('c.csv', CURRENCIES)
    sh.run('import', 'p.marquetry', 'c.csv', '--as', 'orders', '--currency', 'EUR', '--project-zone', 'UTC')
    sh.run('export', 'p.marquetry', 'orders', '-o', 'out.csv')
    rows = {row['order_id']: row for row in csv.DictReader(io.StringIO(sh.bytes('out.csv').decode()))}
    assert [rows[i]['amount'] for i in '12345'] == ['1500', '1.234', '12.50', '7.25', '8.75'], rows
    assert [rows[i]['discount'] for i in '123'] == ['100', '0.005', '1.25'], rows
    sh.run('import', 'q.marquetry', 'out.csv', '--as', 'orders', '--currency', 'EUR', '--project-zone', 'UTC')
    assert data_hash(sh, 'q.marquetry') == data_hash(sh, 'p.marquetry')
    assert str(measures(sh)['net']) == '19.75', measures(sh)
    left_out = {row['reason']: row['rows'] for row in sh.json('rfm', 'p.marquetry', '--period', 'all')['provenance']['rows_left_out']}
    assert left_out['other currency'] == 3, left_out


def test_no_currency_takes_the_only_one(sh):
    # yen have other minor units than "no currency": they are left out, not shown a hundred times too small
    for code, left_out in (('USD', []), ('JPY', [{'reason': 'other currency', 'rows': 1}])):
        sh.write('%s.csv' % code, 'order_id,customer_id,time,amount,currency\n1,a,2024-01-05,15,%s\n' % code)
        sh.run('import', '%s.marquetry' % code, '%s.csv' % code, '--as', 'orders', '--project-zone', 'UTC')
        result = sh.json('rfm', '%s.marquetry' % code)
        assert result['provenance']['rows_left_out'] == left_out, result['provenance']
        assert [str(row['monetary']) for row in result['tables']['customers']] == ([] if left_out else ['15.00']), result['tables']['customers']


def comes_back(sh, kind, text, *words):
    """Is what is exported, either way, and imported again the same data?"""
    sh.write('first.csv', text)
    sh.run('import', 'p.marquetry', 'first.csv', '--as', kind, '--currency', 'EUR', '--project-zone', 'UTC', *words)
    for name, options in (('plain', []), ('guarded', ['--for-spreadsheet'])):
        sh.run('export', 'p.marquetry', kind, '-o', name + '.csv', *options)
        sh.run('import', name + '.marquetry', name + '.csv', '--as', kind, '--currency', 'EUR', '--project-zone', 'UTC')
        assert data_hash(sh, name + '.marquetry') == data_hash(sh, 'p.marquetry'), (name, sh.bytes(name + '.csv').decode())


FORMULAS = """order_id,customer_id,phone,time,amount,product,Note,Count
1,@a,+8613800000001,2024-01-05,12.50,''=1+1,-5,-3
2,'b,+8613800000002,2024-01-06,-3.50,''abc,+x,4
3,-c,+8613800000003,2024-01-07,3.50,'''+2,"'-",-1
4,''@d,,2024-01-08,3.50,Tea,plain,
"""


def test_guards_come_off_again(sh):
    comes_back(sh, 'orders', FORMULAS)
    header, *rows = csv.reader(io.StringIO(sh.bytes('guarded.csv').decode()))
    dangerous = [cell for row in rows for i, cell in enumerate(row) if cell[:1] in list('=+-@') and header[i] not in ('amount', 'Count')]
    assert not dangerous, dangerous
    assert sorted(row[header.index('Count')] for row in rows) == ['', '-1', '-3', '4'], rows
    guards = sum(cell[:1] == "'" and cell.lstrip("'")[:1] in list('=+-@') for row in rows for cell in row)
    sh.run('import', 'again.marquetry', 'guarded.csv', '--as', 'orders', '--currency', 'EUR', '--project-zone', 'UTC')
    assert "%d cells have a ' before" % guards in sh.stderr, (guards, sh.stderr)


def test_two_keys_of_one_kind(sh):
    rows = ['13800000001,13800000002,x 1,x 2,Al', '13800000004,13800000003,,,Bo', ',13800000005,x 3,,Cy', '13800000006,13800000006,,,Di']
    sh.write('first.csv', '\n'.join(['phone,phone,key.card,key.card,name', *rows]) + '\n')
    # the order of the columns means nothing
    swapped = [','.join([b, a, d, c, name]) for a, b, c, d, name in (row.split(',') for row in rows)]
    sh.write('swapped.csv', '\n'.join(['phone,phone (2),key.card,key.card (2),name', *swapped]) + '\n')
    for name in ('first', 'swapped'):
        sh.run('import', name + '.marquetry', name + '.csv', '--as', 'customers', '--currency', 'CNY', '--project-zone', 'UTC')
    sh.run('export', 'first.marquetry', 'customers', '-o', 'plain.csv')
    sh.run('export', 'first.marquetry', 'customers', '--for-spreadsheet', '-o', 'guarded.csv')
    assert sh.bytes('plain.csv').startswith(b'phone,phone (2),key.card,key.card (2),name\n13800000001,13800000002,x 1,x 2,Al\n'), sh.bytes('plain.csv')
    for name in ('plain', 'guarded'):
        sh.run('import', name + '.marquetry', name + '.csv', '--as', 'customers', '--currency', 'CNY', '--project-zone', 'UTC')
    hashes = {sh.json('info', name + '.marquetry')['provenance']['data'] for name in ('first', 'swapped', 'plain', 'guarded')}
    assert len(hashes) == 1, hashes


def test_quality(sh):
    sh.write('c.csv', 'customer_id,name,email,phone,city,gender,birth_date\n'
             '1,Ann Lee,ann@acme.com,+8613812345678,Rome,female,1990-01-02\n'
             '2,Bob,bob@gmail.com,12345,Bonn,male,1985-05-05\n'
             '3,bob ,bob2@gmail,,Bonn,x,1985-05-05\n'
             '4,,,,,,2999-01-01\n')
    sh.run('import', 'p.marquetry', 'c.csv', '--as', 'customers')
    result = sh.json('quality', 'p.marquetry')
    fields = {row['field']: row for row in result['tables']['fields']}
    found = {name: (row['filled'], row['valid'], row['distinct']) for name, row in fields.items()}
    assert found == {'key.customer_id': (4, None, 4), 'key.phone': (2, 1, 2), 'key.email': (3, 2, 3), 'name': (3, None, 3),
                     'gender': (3, 2, 3), 'birth_date': (4, 3, 3), 'city': (3, None, 2)}, found
    assert fields['birth_date']['newest'] == '2999-01-01', fields
    assert [(row['class'], row['addresses']) for row in result['tables']['mail']] == [('company', 1), ('free provider', 1), ('not valid', 1)]
    assert result['tables']['duplicates'][0] == {'rule': 'name and birth date', 'compared': 3, 'groups': 1, 'customers': 2}
    score = {row['part']: row for row in result['tables']['score']}
    filled = sum(Fraction(row['filled'], row['records']) for row in fields.values()) / len(fields)
    valid = Fraction(1 + 2 + 2 + 3, 2 + 3 + 3 + 4)
    expected = 40 * filled + 30 * valid + 20 * (1 - Fraction(1, 3)) + 10
    assert abs(score['total']['points'] - float(expected)) < 1e-9, score
    assert result['tables']['decay'] == [] and 'Decay cannot be measured' in result['warnings'][0], result['warnings']


run_tests(globals())
