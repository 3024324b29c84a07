"""The published paths of path-data.csv as touches and conversions through the command line: first, last and linear credits as
the R package ChannelAttribution gives them, values to the minor unit, Markov of order 1 to 3 against a plain solver here.

    attribution-paths.py PATH-OF-MARQUETRY-CLI
Prints TAP; skips as a whole, and says so, where the data sets are not there (MQ_SHARED_DATA, or ../shared/data).
"""
import csv, datetime, gzip, json, os, subprocess, sys, tempfile, traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'reference'))
import attribution_reference as reference

CLI = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(os.environ.get('MQ_SHARED_DATA') or os.path.join(HERE, '..', '..', '..', 'shared', 'data'), 'attribution')
START = datetime.datetime(2024, 1, 1)
MODELS = ['first', 'last', 'linear']


def read_paths():
    """(channels, conversions, value in ten-thousandths, paths without conversion)"""
    with gzip.open(os.path.join(DATA, 'path-data.csv.gz'), 'rt') as f:
        return [(row['path'].split(' > '), int(row['total_conversions']), round(float(row['total_conversion_value']) * 10000), int(row['total_null']))
                for row in csv.DictReader(f)]


def write_events(path, paths):
    """A customer a conversion and one a path without: touches an hour apart. The path's value goes to its first conversion."""
    number = 0
    with open(path, 'w') as f:
        f.write('customer,time,event,channel,amount\n')
        for channels, conversions, value, nulls in paths:
            for i in range(conversions + nulls):
                number += 1
                for hour, channel in enumerate(channels):
                    f.write('c%06d,%s,visit,%s,\n' % (number, START + datetime.timedelta(hours=hour), channel))
                if i < conversions:
                    minor = value if i == 0 else 0
                    f.write('c%06d,%s,purchase,,%d.%04d\n' % (number, START + datetime.timedelta(hours=len(channels)), *divmod(minor, 10000)))
        f.write('last,2024-12-31 00:00:00,end,,\n')


def run(*words):
    done = subprocess.run([CLI, *words], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def attribution(project, *words):
    return json.loads(run('attribution', project, '--conversion', 'purchase', '--period', 'all', '--lookback', '90d', '--format', 'json', *words))['tables']


def test_published_credits(project, paths):
    credits = {(row['channel'], row['model']): row['conversions'] for row in attribution(project, '--model', ','.join(MODELS))['credits']}
    with open(os.path.join(DATA, 'path-data-first-last-linear.csv')) as f:
        for row in csv.DictReader(f):
            for model in MODELS:
                published, ours = float(row[model + '_touch_conversions']), credits[row['channel_name'], model]
                # the file prints 15 digits
                assert abs(published - ours) < 1e-9 * max(1, published), (row['channel_name'], model, published, ours)


def test_values_to_the_unit(project, paths):
    shares = {model: {} for model in MODELS}
    for channels, conversions, value, _ in paths:
        for model in MODELS:
            touches = [(i, channel) for i, channel in enumerate(channels)]
            for (_, channel), weight in zip(touches, reference.weights(model, touches, 1, None)):
                shares[model][channel] = shares[model].get(channel, 0) + weight * value * (conversions > 0)
    total = sum(value for _, conversions, value, _ in paths if conversions > 0)
    tables = attribution(project, '--model', ','.join(MODELS))
    for model in MODELS:
        parts = reference.apportion(shares[model], total)
        for row in tables['credits']:
            if row['model'] == model and row['channel'] != '(none)':
                assert row['value'] == '%d.%04d' % divmod(parts[row['channel']], 10000), (row, parts[row['channel']])
    for row in tables['checks']:
        assert row['difference'] == '0.0000' and row['value'] == '%d.%04d' % divmod(total, 10000), row


def solve(paths, order, removed):
    """P(conversion), by sweeps over the states in plain Python."""
    steps = {}
    for channels, conversions, _, nulls in paths:
        state = ()
        for channel in channels:
            following = (state + (channel,))[-order:]
            steps.setdefault(state, {})[following] = steps.setdefault(state, {}).get(following, 0) + conversions + nulls
            state = following
        for end, times in ((True, conversions), (False, nulls)):
            steps.setdefault(state, {})[end] = steps.setdefault(state, {}).get(end, 0) + times
    chance = {state: 0.0 for state in steps}
    while True:
        change = 0.0
        for state in reversed(list(steps)):
            if removed in state:
                continue
            total = sum(steps[state].values())
            new = sum(times / total * (1.0 if target is True else 0.0 if target is False else chance[target]) for target, times in steps[state].items())
            change = max(change, abs(new - chance[state]))
            chance[state] = new
        if change < 1e-16:
            return chance[()]


def test_markov(project, paths):
    channels = sorted({channel for path, _, _, _ in paths for channel in path})
    n = sum(conversions for _, conversions, _, _ in paths)
    for order in (1, 2, 3):
        whole = solve(paths, order, None)
        tables = attribution(project, '--model', 'markov', '--markov-order', str(order))
        effects = {row['channel']: row['effect'] for row in tables['removal']}
        for channel in channels if order == 1 else channels[::4]:
            expected = 1 - solve(paths, order, channel) / whole
            assert abs(effects[channel] - expected) < 1e-9, (order, channel, effects[channel], expected)
        check = tables['checks'][0]
        assert check['conversions'] == n and abs(check['credited'] - n) < 1e-6 and check['difference'] == '0.0000', check


def main():
    tests = [(name, f) for name, f in sorted(globals().items()) if name.startswith('test_')]
    if not os.path.exists(os.path.join(DATA, 'path-data.csv.gz')):
        print('1..0 # SKIP the published data sets are not here')
        return
    print('1..%d' % len(tests))
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        paths = read_paths()
        project = os.path.join(folder, 'paths.marquetry')
        write_events(os.path.join(folder, 'events.csv'), paths)
        # a currency of four digits keeps the published values whole
        run('import', project, os.path.join(folder, 'events.csv'), '--as', 'events', '--currency', 'CLF', '--project-zone', 'UTC')
        for i, (name, test) in enumerate(tests, 1):
            try:
                test(project, paths)
                print('ok %d %s' % (i, name))
            except Exception:
                failed = True
                print('not ok %d %s' % (i, name))
                print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
            sys.stdout.flush()
    sys.exit(failed)


main()
