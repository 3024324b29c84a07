"""The hold-out test through the command line: random customers counted here as well. Prints TAP.

    holdout.py PATH-OF-MARQUETRY-CLI
"""
import datetime, json, math, os, random, subprocess, sys, tempfile, traceback

CLI = os.path.abspath(sys.argv[1])
START = datetime.datetime(2024, 1, 1)


def run(*words):
    return subprocess.run([CLI, *words], capture_output=True, env=dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='C'))


def make(folder, rng):
    """Customers with their group and the orders of each as (day, minor units)."""
    people = []
    for i in range(300):
        group = rng.choice(['mail', 'mail', 'none', ''])
        people.append((group, [(rng.randrange(120), rng.randrange(100, 9000)) for _ in range(rng.choice([0, 0, 1, 2] if group == 'mail' else [0, 0, 0, 1]))]))
    with open(os.path.join(folder, 'customers.csv'), 'w') as f:
        f.write('customer,test\n' + ''.join('c%d,%s\n' % (i, group) for i, (group, _) in enumerate(people)))
    rows = ['c%d,%s,o%d-%d,%d.%02d,paid\n' % (i, (START + datetime.timedelta(days=d)).strftime('%Y-%m-%d 10:00:00'), i, n, v // 100, v % 100) for i, (_, orders) in enumerate(people) for n, (d, v) in enumerate(orders)]
    with open(os.path.join(folder, 'orders.csv'), 'w') as f:
        f.write('customer,time,order_id,amount,status\n' + ''.join(rows))
    project = os.path.join(folder, 'p.marquetry')
    for kind in ('customers', 'orders'):
        done = run('import', project, os.path.join(folder, kind + '.csv'), '--as', kind, '--currency', 'EUR', '--project-zone', 'UTC')
        assert done.returncode == 0, done.stderr
    return project, people


def wilson(k, n):
    z, p = 1.959963984540054, k / n
    middle, width = (p + z * z / 2 / n) / (1 + z * z / n), z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n) / (1 + z * z / n)
    return middle - width, middle + width


def check_counts(folder):
    project, people = make(folder, random.Random(11))
    first, last = 30, 99
    words = ['holdout', project, '--field', 'test', '--treated', 'mail', '--control', 'none', '--format', 'json', '--from', '2024-01-31', '--to', '2024-04-09']
    answer = json.loads(run(*words).stdout)
    assert answer == json.loads(run(*words, '--threads', '1').stdout)
    figures = []
    for row, name in zip(answer['tables']['groups'], ('mail', 'none')):
        mine = [[v for d, v in orders if first <= d <= last] for group, orders in people if group == name]
        n, k, value = len(mine), sum(bool(m) for m in mine), sum(map(sum, mine))
        assert (row['group'], row['customers'], row['converted'], row['conversions'], row['value']) == (name, n, k, sum(map(len, mine)), '%d.%02d' % divmod(value, 100)), row
        low, high = wilson(k, n)
        assert abs(row['low'] - low) < 1e-9 and abs(row['high'] - high) < 1e-9
        figures.append((n, k / n, low, high, [sum(m) for m in mine]))
    (n, p, low, high, values), (m, q, under, over, others) = figures
    uplift = answer['tables']['uplift'][0]
    assert abs(uplift['uplift'] - (p - q)) < 1e-12
    assert abs(uplift['low'] - (p - q - math.hypot(p - low, over - q))) < 1e-9
    assert abs(uplift['high'] - (p - q + math.hypot(high - p, q - under))) < 1e-9
    assert abs(uplift['customers_more'] - (p - q) * n) < 1e-9
    mean, other = sum(values) / n, sum(others) / m
    deviation = math.sqrt(sum((v - mean) ** 2 for v in values) / (n - 1) / n + sum((v - other) ** 2 for v in others) / (m - 1) / m)
    value = answer['tables']['value_uplift'][0]
    assert abs(float(value['uplift']) * 100 - (mean - other)) <= 0.5 + 1e-6
    # well over a hundred degrees of freedom: t lies between the normal's 1.96 and 1.99
    width = float(value['high']) * 100 - (mean - other)
    assert 1.95 * deviation < width < 1.99 * deviation, (width, deviation)


def check_settings(folder):
    project, _ = make(folder, random.Random(12))
    for words, setting in (([], 'field'), (['--field', 'test'], 'treated'), (['--field', 'test', '--treated', 'mail', '--control', 'x'], 'control'), (['--field', 'test', '--treated', 'mail', '--control', 'mail'], 'control')):
        done = run('holdout', project, *words)
        assert done.returncode == 2 and setting in done.stderr.decode(), (words, done)


def main():
    failed = 0
    tests = [('counts and intervals', check_counts), ('settings', check_settings)]
    print('1..%d' % len(tests))
    for i, (name, test) in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(folder)
                print('ok %d %s' % (i, name))
            except Exception:
                failed = 1
                print('not ok %d %s' % (i, name))
                print(''.join('# %s\n' % line for line in traceback.format_exc().splitlines()))
    sys.exit(failed)


main()
