"""An independent funnel, written from METHODS.md alone: every chain of every entry is tried.

Plain and slow on purpose. A module for the tests: Funnel (…).count (people) gives units, one a customer, entry or pair."""

import datetime as dt
import math

UTC = dt.timezone.utc
TICK = dt.timedelta(microseconds=1)
DAY = dt.timedelta(days=1)
FAR = dt.datetime(9000, 1, 1, tzinfo=UTC)


class Moment:
    """What a customer did: by_date, if the time is a mere date; held: the value of what is held constant, or None."""

    def __init__(self, time, by_date, name, held, row):
        self.time, self.by_date, self.name, self.held, self.row = time, by_date, name, held, row


class Unit:
    """level, times of the chain, whether open; the level of ripe entries; the first entry: how long it was seen and, if it
    converted, how long that took."""

    def __init__(self, level, times, still_open, matured, watched, took):
        self.level, self.times, self.open, self.matured, self.watched, self.took = level, times, still_open, matured, watched, took


class Funnel:
    """steps: sets of names; window, limit (or None): ('cd', days) or ('', timedelta); exclusions: (names, from, to)."""

    def __init__(self, zone, steps, window, as_of, limit=None, order='ordered', exclusions=(), remove=False, count='customers', hold=False, first_only=False):
        self.zone, self.steps, self.window, self.as_of, self.limit, self.order = zone, steps, window, as_of, limit, order
        self.exclusions, self.remove, self.counting, self.hold, self.first_only = exclusions, remove, count, hold, first_only

    def start_of(self, day):
        return dt.datetime.combine(day, dt.time(), self.zone).astimezone(UTC)

    def day(self, time):
        return time.astimezone(self.zone).date()

    def end(self, moment):
        """The last instant that a moment may mean."""
        return self.start_of(self.day(moment.time) + DAY) - TICK if moment.by_date else moment.time

    def deadline(self, span, moment):
        if span is None:
            return FAR
        return self.start_of(self.day(moment.time) + span[1] * DAY) - TICK if span[0] == 'cd' else self.end(moment) + span[1]

    def serves(self, moment):
        return [i for i, names in enumerate(self.steps) if moment.name in names]

    def sort(self, moments):
        """Inside an instant by the first step or exclusion that they serve, then by row."""
        def key(moment):
            roles = self.serves(moment) + [len(self.steps) + i for i, exclusion in enumerate(self.exclusions) if moment.name in exclusion[0]]
            return moment.time, min(roles, default=99), moment.row
        return sorted((moment for moment in moments if moment.time <= self.as_of), key=key)

    def lies_between(self, moments, names, after, before):
        return any((names is None or m.name in names) and m.time > self.end(after) and (before is None or self.end(m) < before.time) for m in moments)

    def is_ended(self, moments, chain, before):
        """Whether something ended a chain before a moment, or by now (None)."""
        length = len(chain)
        if not self.remove and any(a <= length < b and self.lies_between(moments, names, moments[chain[a - 1]], before) for names, a, b in self.exclusions):
            return True
        return self.order == 'strict' and self.lies_between(moments, None, moments[chain[-1]], before)

    def may_extend(self, moments, chain, i):
        moment = moments[i]
        if i in chain or moment.time > min(self.deadline(self.window, moments[chain[0]]), self.deadline(self.limit, moments[chain[-1]])):
            return False
        if any(i < c if moments[c].by_date == moment.by_date else moments[c].time > self.end(moment) for c in chain):
            return False
        return not self.is_ended(moments, chain, moment)

    def chains(self, moments, chain):
        yield chain
        if len(chain) < len(self.steps):
            for i, moment in enumerate(moments):
                if moment.name in self.steps[len(chain)] and self.may_extend(moments, chain, i):
                    yield from self.chains(moments, chain + [i])

    def entries(self, moments, begin, end):
        found = [i for i, moment in enumerate(moments) if moment.name in self.steps[0]][:1 if self.first_only else None]
        return [i for i in found if begin <= moments[i].time <= end]

    def match(self, moments, entries):
        """(level, times, open, removed) over entries."""
        best, still_open, removed = None, False, False
        for entry in entries:
            deadline = self.deadline(self.window, moments[entry])
            for chain in self.chains(moments, [entry]):
                times, last = [moments[i].time for i in chain], moments[chain[-1]]
                best = min(best or (0,), (-len(chain), times[0], times[-1], times, chain))
                removed |= self.remove and any(a == len(chain) and m.name in names and self.end(last) < m.time <= deadline for names, a, _ in self.exclusions for m in moments)
                still_open |= len(chain) < len(self.steps) and min(deadline, self.deadline(self.limit, last)) > self.as_of and not self.is_ended(moments, chain, None)
        return (-best[0], best[3], still_open and -best[0] < len(self.steps), removed, best[4]) if best else (0, [], False, False, [])

    def make_unit(self, moments, entries):
        level, times, still_open, removed, chain = self.match(moments, entries)
        ripe = [i for i in entries if self.deadline(self.window, moments[i]) <= self.as_of]
        first = moments[entries[0]]
        converted = self.match(moments, entries[:1])
        took = max(converted[1][-1] - converted[1][0], dt.timedelta()) if converted[0] == len(self.steps) else None
        watched = min(self.deadline(self.window, first), self.as_of) - first.time
        return Unit(level, times, still_open, self.match(moments, ripe)[0], watched, took), removed, chain

    def count_one(self, moments, begin, end):
        """The units of moments that share a value; None: removed."""
        entries = self.entries(moments, begin, end)
        if not entries:
            return []
        unit, removed, _ = self.make_unit(moments, entries)
        if removed or self.counting != 'totals':
            return None if removed else [unit]
        units, free_from, free_after = [], 0, dt.datetime(1, 1, 1, tzinfo=UTC)
        for entry in entries:
            if entry >= free_from and moments[entry].time > free_after:
                unit, _, chain = self.make_unit(moments, [entry])
                units.append(unit)
                if unit.level == len(self.steps):
                    free_from = max(chain) + 1
                else:
                    free_after = self.deadline(self.window, moments[entry])
        return units

    def count(self, people, begin, end):
        """(units, customers removed) of the entries from begin to end."""
        units, removed = [], 0
        for moments in people.values():
            moments = self.sort(moments)
            values = sorted({m.held for m in moments if m.held is not None}) if self.hold else [None]
            found = [self.count_one([m for m in moments if m.held == value] if self.hold else moments, begin, end) for value in values]
            if None in found:
                removed += 1
                continue
            found = [unit for some in found for unit in some]
            units += found
        return units, removed


def kaplan_meier(units):
    """(chance to have converted at the end of the curve, time by which half of those had; None: nobody)."""
    seen = [unit.watched if unit.took is None else unit.took for unit in units]
    left, curve = 1.0, []
    for time in sorted({unit.took for unit in units if unit.took is not None}):
        left *= 1 - sum(unit.took == time for unit in units) / sum(other >= time for other in seen)
        curve.append((time, 1 - left))
    chance = curve[-1][1] if curve else 0
    return chance, next((time.total_seconds() for time, reached in curve if reached >= chance / 2 - 1e-12), None)


def wilson(part, whole):
    z, share = 1.959963984540054, part / whole
    middle, half = share + z * z / (2 * whole), z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return (middle - half) / (1 + z * z / whole), (middle + half) / (1 + z * z / whole)
