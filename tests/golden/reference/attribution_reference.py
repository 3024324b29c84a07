"""Attribution, slowly and from METHODS.md alone: plain lists, fractions, one model after the other.

compute(people, **options) -> {model: {channel: conversions}}, values, removal effects
people: list of {'touches': [(time, channel)], 'conversions': [(time, value)]}; times are seconds, values minor units.
"""
from fractions import Fraction
from itertools import groupby

SHARES = {'u': (40, 20, 40), 'j': (20, 20, 60), 'inverse-j': (60, 20, 20)}


def path_of(person, index, lookback, since_last, collapse, skip_direct):
    """The touches of one conversion, oldest first, and those of them that stand in its path."""
    time = person['conversions'][index][0]
    earlier = [t for t, _ in person['conversions'] if t < time]
    window = []
    for t, channel in person['touches']:
        if t > time or time - t > lookback or (skip_direct and channel == 'direct'):
            continue
        if since_last and earlier and t <= max(earlier):
            continue
        window.append((t, channel))
    return window, collapsed(window, collapse)


def collapsed(touches, collapse):
    path = []
    for _, run in groupby(enumerate(touches), key=lambda item: item[1][1]):
        last = None
        for _, (t, channel) in run:
            if collapse == 0 or last is None or t - last > collapse:
                path.append((t, channel))
            last = t
    return path


def runs_of(person, lookback, since_last, collapse, skip_direct, as_of):
    """Touches that belong to no conversion, cut where the gap exceeds the lookback: (path, time of the last touch, ripe)."""
    owned = set()
    for i in range(len(person['conversions'])):
        time = person['conversions'][i][0]
        earlier = [t for t, _ in person['conversions'] if t < time]
        for k, (t, channel) in enumerate(person['touches']):
            if t <= time and time - t <= lookback and not (since_last and earlier and t <= max(earlier)):
                owned.add(k)
    free = [touch for k, touch in enumerate(person['touches']) if k not in owned and not (skip_direct and touch[1] == 'direct')]
    runs = []
    for touch in free:
        if runs and touch[0] - runs[-1][-1][0] <= lookback:
            runs[-1].append(touch)
        else:
            runs.append([touch])
    return [([c for _, c in collapsed(run, collapse)], run[-1][0], as_of - run[-1][0] > lookback) for run in runs]


def weights(model, path, half_life, own):
    n = len(path)
    channels = [channel for _, channel in path]
    if model == 'first':
        return [Fraction(i == 0) for i in range(n)]
    if model == 'last':
        return [Fraction(i == n - 1) for i in range(n)]
    if model == 'last-non-direct':
        other = [i for i in range(n) if channels[i] != 'direct']
        return [Fraction(i == (other[-1] if other else n - 1)) for i in range(n)]
    if model == 'linear':
        return [Fraction(1, n)] * n
    if model in ('participation', 'shapley'):
        first = [channels.index(channel) == i for i, channel in enumerate(channels)]
        return [Fraction(f, 1 if model == 'participation' else sum(first)) for f in first]
    if model == 'time-decay':
        raw = [2.0 ** ((t - path[-1][0]) / half_life) for t, _ in path]
        return [w / sum(raw) for w in raw]
    a, b, c = SHARES.get(model, own)
    if n == 1:
        return [Fraction(1)]
    if n == 2:
        return [Fraction(1, 2)] * 2 if a + c == 0 else [Fraction(a, a + c), Fraction(c, a + c)]
    return [Fraction(a, a + b + c)] + [Fraction(b, (a + b + c) * (n - 2))] * (n - 2) + [Fraction(c, a + b + c)]


def solve(paths, order, removed):
    """P(conversion) by exact elimination over fractions. paths: {(channels, converted): times}."""
    steps = {}
    for (channels, converted), times in paths.items():
        state = ()
        for channel in channels:
            steps.setdefault(state, {}).setdefault(('to', (state + (channel,))[-order:]), 0)
            steps[state]['to', (state + (channel,))[-order:]] += times
            state = (state + (channel,))[-order:]
        steps.setdefault(state, {}).setdefault(converted, 0)
        steps[state][converted] += times
    states = sorted(s for s in steps if removed not in s)
    place = {s: i for i, s in enumerate(states)}
    rows = []
    for s in states:
        row = [Fraction(0)] * (len(states) + 1)
        row[place[s]] += 1
        total = sum(steps[s].values())
        for target, times in steps[s].items():
            if target is True:
                row[-1] += Fraction(times, total)
            elif target is not False and target[1] in place:
                row[place[target[1]]] -= Fraction(times, total)
        rows.append(row)
    for k in range(len(states)):
        pivot = next(r for r in range(k, len(states)) if rows[r][k] != 0)
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [x / rows[k][k] for x in rows[k]]
        for r in range(len(states)):
            if r != k and rows[r][k] != 0:
                factor = rows[r][k]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[k])]
    return rows[place[()]][-1] if () in place else Fraction(0)


def compute(people, models, lookback, as_of, period=(float('-inf'), float('inf')), since_last=False, collapse=0, skip_direct=False, first_only=False,
            half_life=7 * 86400, own=(40, 20, 40), order=1):
    channels = sorted({c for p in people for _, c in p['touches']})
    credits = {m: dict.fromkeys(channels, Fraction(0)) for m in models}
    values = {m: dict.fromkeys(channels, Fraction(0)) for m in models}
    paths, n, touched, value, touched_value, unripe = {}, 0, 0, 0, 0, 0
    for person in people:
        for i, (time, money) in enumerate(person['conversions']):
            if not period[0] <= time <= period[1] or (first_only and i > 0):
                continue
            _, path = path_of(person, i, lookback, since_last, collapse, skip_direct)
            n, value = n + 1, value + money
            if not path:
                continue
            touched, touched_value = touched + 1, touched_value + money
            key = (tuple(c for _, c in path), True)
            paths[key] = paths.get(key, 0) + 1
            for m in models:
                if m == 'markov':
                    continue
                for (_, channel), w in zip(path, weights(m, path, half_life, own)):
                    credits[m][channel] += w
                    values[m][channel] += w * money
        for path, last, ripe in runs_of(person, lookback, since_last, collapse, skip_direct, as_of):
            unripe += not ripe
            if ripe and period[0] <= last <= period[1]:
                key = (tuple(path), False)
                paths[key] = paths.get(key, 0) + 1
    effects = {}
    if 'markov' in models and paths:
        whole = solve(paths, order, None)
        effects = {c: 1 - solve(paths, order, c) / whole if whole else Fraction(0) for c in channels}
        total = sum(effects.values())
        for c in channels:
            credits['markov'][c] = touched * effects[c] / total if total else Fraction(0)
            values['markov'][c] = touched_value * effects[c] / total if total else Fraction(0)
    return {'credits': credits, 'values': values, 'effects': effects, 'conversions': n, 'touched': touched, 'value': value,
            'touched_value': touched_value, 'unripe': unripe}


def apportion(shares, total):
    """Largest remainder, ties by name."""
    parts = {c: int(s // 1) for c, s in shares.items()}
    left = total - sum(parts.values())
    for c in sorted(shares, key=lambda c: (-(shares[c] - parts[c]), c))[:left]:
        parts[c] += 1
    return parts
