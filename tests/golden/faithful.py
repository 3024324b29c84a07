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


run_tests(globals())
