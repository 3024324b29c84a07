"""What came in stays as it came: identifiers, persons, counts.

    faithful.py PATH-OF-MARQUETRY-CLI
Prints TAP.
"""
import csv, io

from shell import run_tests

PEOPLE = '''order_id,phone,email,member_no,time,amount
0001,138-0000-0001,Ann@Example.COM,0007,2024-01-01,10
0002,+86 138 0000 0002,bob@example.com,12345678901234567890,2024-01-02,20
0003,００８６13800000003,,A-9,2024-01-03,30
0004,021 5555 1234,DAN@example.com,a-9,2024-01-04,40
0005,none,,,2024-01-05,50
0006,138****0006,,77,2024-01-06,60
'''


def records(text):
    return list(csv.DictReader(io.StringIO(text)))


def people(sh, project='p.marquetry'):
    return {row['order_id']: [row.get(name, '') for name in ('phone', 'email', 'member_no')] for row in records(sh.run('export', project, 'orders'))}


def test_identifiers_come_back_as_they_came(sh):
    sh.write('a.csv', PEOPLE)
    sh.run('import', 'p.marquetry', 'a.csv', '--as', 'orders', '--currency', 'CNY')
    expected = {row['order_id']: [row['phone'], row['email'], row['member_no']] for row in records(PEOPLE)}
    expected['0006'][0] = ''  # a masked one names nobody and comes back as the text that it is
    assert people(sh) == expected, people(sh)
    # and once more through the export
    sh.write('b.csv', sh.run('export', 'p.marquetry', 'orders'))
    sh.run('import', 'q.marquetry', 'b.csv', '--as', 'orders', '--currency', 'CNY')
    assert people(sh, 'q.marquetry') == expected
    assert sh.run('export', 'q.marquetry', 'orders') == sh.run('export', 'p.marquetry', 'orders')


def test_customers_come_back_as_they_came(sh):
    sh.write('c.csv', 'phone,email,name\n138-0000-0001,Ann@Example.COM,Ann\n138 0000 0002,,Bob\n')
    sh.run('import', 'p.marquetry', 'c.csv', '--as', 'customers')
    assert sh.run('export', 'p.marquetry', 'customers') == sh.bytes('c.csv').decode()
    sh.write('d.csv', 'phone,email,name\n+8613800000001,ann@example.com,Ann\n')
    outcome = sh.table('import', 'import', 'p.marquetry', 'd.csv', '--as', 'customers')[0]
    assert outcome['updated'] == 1, outcome
    assert records(sh.run('export', 'p.marquetry', 'customers'))[0]['phone'] == '+8613800000001'


def test_the_same_person_however_written(sh):
    sh.write('a.csv', PEOPLE)
    sh.run('import', 'p.marquetry', 'a.csv', '--as', 'orders', '--currency', 'CNY')
    again = PEOPLE.replace('138-0000-0001', '+86 138 0000 0001').replace('0001', 'X1', 1)
    sh.write('b.csv', '\n'.join(again.splitlines()[:2]) + '\n')
    sh.run('import', 'p.marquetry', 'b.csv', '--as', 'orders')
    measures = {row['measure']: row['value'] for row in sh.table('orders', 'info', 'p.marquetry')}
    assert (measures['orders'], measures['customers']) == ('7', '5'), measures


def test_update_that_names_nobody_keeps_the_person(sh):
    sh.write('a.csv', PEOPLE)
    sh.write('b.csv', 'order_id,time,amount\n0001,2024-01-01,11\n0002,2024-01-02,20\n')
    sh.write('c.csv', 'order_id,phone,time,amount\n0001,138****0001,2024-01-01,12\n')
    sh.run('import', 'p.marquetry', 'a.csv', '--as', 'orders', '--currency', 'CNY')
    before = people(sh)
    customers = sh.table('customers', 'rfm', 'p.marquetry', '--period', 'all', '--customers')
    outcome = sh.table('import', 'import', 'p.marquetry', 'b.csv', '--as', 'orders')[0]
    assert (outcome['stored'], outcome['updated'], outcome['unchanged']) == (0, 1, 1), outcome
    assert people(sh) == before
    sh.run('import', 'p.marquetry', 'c.csv', '--as', 'orders')
    assert people(sh) == before
    fields = {row['field']: row['filled'] for row in sh.table('fields', 'info', 'p.marquetry')}
    assert (fields['key.phone'], fields['key.email']) == (4, 3), fields
    assert [row['customer'] for row in sh.table('customers', 'rfm', 'p.marquetry', '--period', 'all', '--customers')] == [row['customer'] for row in customers]
    sh.run('compact', 'p.marquetry')
    assert people(sh) == before
    sh.run('undo', 'p.marquetry', '2')
    sh.run('undo', 'p.marquetry', '3')
    assert people(sh) == before
    assert sh.table('customers', 'rfm', 'p.marquetry', '--period', 'all', '--customers') == customers


def test_provenance(sh):
    sh.write('a.csv', PEOPLE + '0007,,,,not a date,1\n')
    result = sh.json('import', 'p.marquetry', 'a.csv', '--as', 'orders', '--currency', 'CNY', '--date-format', 'ymd', status=3)
    assert (result['provenance']['rows_read'], result['provenance']['rows_left_out']) == (7, [{'reason': 'not a time', 'rows': 1}]), result['provenance']
    results = [sh.json(command, 'p.marquetry')['provenance'] for command in ('info', 'imports', 'rejects')]
    assert results[0] == results[1] == results[2], results
    assert results[0]['rows_read'] == 7 and results[0]['rows_left_out'] == [{'reason': 'not a time', 'rows': 1}], results
    assert results[0]['time_zone'] == 'UTC' and len(results[0]['data']) == 32 and results[0]['revision'] == result['provenance']['revision'], results
    undone = sh.json('undo', 'p.marquetry')['provenance']
    assert (undone['rows_read'], undone['revision']) == (0, results[0]['revision'] + 1), undone


def test_dry_run(sh):
    a = 'order_id,phone,time,amount,quantity,currency,status,product\n1,13800000001,2024-01-01,10,1,CNY,paid,Tea\n2,13800000002,2024-01-02,20.50,2,CNY,paid,Tea\n3,13800000003,2024-01-03,30,3,EUR,unpaid,Tea\n'
    b = 'order_id,phone,time,amount,quantity,currency,status,product\n1,138-0000-0001,2024-01-01,10,1,CNY,paid,Tea\n2,13800000002,2024-01-02,21.50,4,CNY,paid,Tea\n3,13800000003,2024-01-03,30,3,EUR,paid,Tea\n4,13800000004,2024-01-04,100,1,CNY,paid,Cup\n'
    sh.write('a.csv', a), sh.write('b.csv', b)
    words = ['p.marquetry', 'a.csv', '--as', 'orders', '--currency', 'CNY']
    tables = sh.json('import', *words, '--dry-run')['tables']
    assert tables['changes'] == [] and not sh.exists('p.marquetry')
    assert {(row['field'], row['currency']): (row['before'], row['after']) for row in tables['sums']} == {('amount', 'CNY'): ('0.00', '30.50'), ('amount', 'EUR'): ('0.00', '30.00'), ('quantity', None): ('0', '6')}, tables['sums']
    sh.run('import', *words)
    before = sh.bytes('p.marquetry')
    tables = sh.json('import', 'p.marquetry', 'b.csv', '--as', 'orders', '--dry-run')['tables']
    assert 'Would be: 1 new, 3 changed (' in sh.stderr, sh.stderr
    assert sh.bytes('p.marquetry') == before
    outcome = tables['import'][0]
    assert (outcome['stored'], outcome['updated'], outcome['unchanged'], outcome['number']) == (1, 3, 0, None), outcome
    assert {row['field']: row['rows'] for row in tables['changes']} == {'key.phone': 1, 'amount': 1, 'quantity': 1, 'status': 1}, tables['changes']
    sums = {(row['field'], row['currency']): (row['before'], row['after']) for row in tables['sums']}
    assert sums == {('amount', 'CNY'): ('30.50', '131.50'), ('amount', 'EUR'): ('30.00', '30.00'), ('quantity', None): ('6', '9')}, sums
    # what it said is what happens
    outcome.pop('number'), outcome.pop('seconds')
    done = sh.table('import', 'import', 'p.marquetry', 'b.csv', '--as', 'orders')[0]
    assert {name: done[name] for name in outcome} == outcome, (done, outcome)
    after = sh.json('import', 'p.marquetry', 'b.csv', '--as', 'orders', '--dry-run')['tables']
    assert after['changes'] == [] and [(row['before'], row['after']) for row in after['sums']] == [(row['after'], row['after']) for row in tables['sums']], after
    sh.write('c.csv', 'phone,name,city\n13800000001,Ann,Rome\n13800000002,Bob,Bonn\n')
    sh.write('d.csv', 'phone,name,city\n13800000001,Ann,Oslo\n13800000002,Rob,Oslo\n13800000009,New,Oslo\n')
    sh.run('import', 'p.marquetry', 'c.csv', '--as', 'customers')
    tables = sh.json('import', 'p.marquetry', 'd.csv', '--as', 'customers', '--dry-run')['tables']
    assert {row['field']: row['rows'] for row in tables['changes']} == {'name': 1, 'city': 2} and tables['sums'] == [], tables


def test_consent(sh):
    sh.write('a.csv', 'customer_id,name,consent\n1,Ann,email yes\n2,Bob,email no\n3,Cy,\n')
    sh.write('b.csv', 'customer_id,consent\n1,email no\n')
    sh.run('import', 'p.marquetry', 'a.csv', '--as', 'customers')
    sh.run('import', 'p.marquetry', 'b.csv', '--as', 'customers')
    rows = [(row['customer'], row['consent'], row['import']) for row in sh.table('consent', 'consent', 'p.marquetry')]
    assert rows == [('1', 'email no', 2), ('2', 'email no', 1)], rows
    assert [row['customer'] for row in sh.table('consent', 'consent', 'p.marquetry', '2')] == ['2']


def test_erase(sh):
    sh.write('a.csv', PEOPLE + '0007,1380000000X,ann@example.com,0007,not a date,1\n')
    sh.write('c.csv', 'member_no,name,city\n0007,Zacharias Unusual,Timbuktu\nA-9,Bob,Bonn\n')
    sh.run('import', 'p.marquetry', 'a.csv', '--as', 'orders', '--currency', 'CNY', '--date-format', 'ymd', status=3)
    sh.run('import', 'p.marquetry', 'c.csv', '--as', 'customers')
    others = [line for line in sh.run('export', 'p.marquetry', 'orders').splitlines() if '0007' not in line]
    before = sh.bytes('p.marquetry')
    counts = sh.table('erased', 'erase', 'p.marquetry', '13800000001', '--dry-run')
    assert sh.bytes('p.marquetry') == before
    assert b'ann@example.com' in before
    assert sh.table('erased', 'erase', 'p.marquetry', '138-0000-0001') == counts
    rows = {row['what']: row['rows'] for row in counts}
    assert (rows['persons'], rows['orders'], rows['customers'], rows['rejected rows']) == (1, 1, 1, 1), rows
    after = sh.bytes('p.marquetry')
    for text in (b'ann@example.com', b'Ann@Example.COM', b'13800000001', b'1380000000X', b'Zacharias', b'Timbuktu'):
        assert text not in after, text
    assert sh.run('export', 'p.marquetry', 'orders').splitlines() == others
    assert [row['text'] for row in sh.table('rejected', 'rejects', 'p.marquetry')] == ['']
    sh.run('check', 'p.marquetry')
    audit = [(row['action'], row['import'], row['rows']) for row in sh.table('audit', 'audit', 'p.marquetry')]
    assert audit == [('import', 1, 6), ('import', 2, 2), ('erase', None, 2)], audit
    sh.run('erase', 'p.marquetry', '13800000001', status=1)
    assert 'place 1' in sh.stderr and '138' not in sh.stderr, sh.stderr
    # the same text as a key of two kinds: who is meant has to be said
    sh.write('d.csv', 'phone,member_no,name\n021-5555-1234,5,Dan\n,02155551234,Eve\n')
    sh.run('import', 'p.marquetry', 'd.csv', '--as', 'customers')
    sh.run('erase', 'p.marquetry', '02155551234', status=1)
    sh.run('erase', 'p.marquetry', 'member_no=02155551234')
    assert [row['name'] for row in records(sh.run('export', 'p.marquetry', 'customers'))] == ['Dan', 'Bob'] or 'Eve' not in sh.run('export', 'p.marquetry', 'customers')


run_tests(globals())
