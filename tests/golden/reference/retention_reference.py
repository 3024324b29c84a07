#!/usr/bin/env python3
"""An independent retention: cohorts, repurchase, intervals and silence, written from METHODS.md alone.

Plain and slow on purpose: every figure is counted by its definition over lists of (customer, time) records; orders come
from rfm_reference. A module for the tests: Retention (records, orders, cuts, zone, as_of, ...)."""

import datetime as dt
import math
from collections import defaultdict
from decimal import Decimal, ROUND_HALF_EVEN
from fractions import Fraction

LENGTH = {'day': 1, 'week': 7, 'month': 30}


def unit_of(day, unit):
    if unit == 'day':
        return day.toordinal()
    if unit == 'week':
        return (day.toordinal() - 1) // 7       # 0001-01-01 was a Monday
    return day.year * 12 + day.month - 1


def first_day(number, unit):
    if unit == 'day':
        return dt.date.fromordinal(number)
    if unit == 'week':
        return dt.date.fromordinal(number * 7 + 1)
    return dt.date(number // 12, number % 12 + 1, 1)


def label(number, unit):
    day = first_day(number, unit)
    if unit == 'day':
        return day.isoformat()
    if unit == 'week':
        return '%04d-W%02d' % day.isocalendar()[:2]
    return day.strftime('%Y-%m')


class Record:
    """Something at a time: an order (net: its money) or an event. by_date: the time is a mere date."""
    __slots__ = ('time', 'by_date', 'net', 'order')

    def __init__(self, time, by_date=False, net=None, order=False):
        self.time, self.by_date, self.net, self.order = time, by_date, net, order


def wilson(share, n):
    z = 1.959963984540054
    middle, half = share + z * z / (2 * n), z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


class Retention:
    """starts, returns: customer → records in order of time (the same lists where both are the same); orders: customer →
    valid orders; cuts: [(customer, time, amount)] that reduce revenue; period: (first day or None, last day)."""

    def __init__(self, starts, returns, orders, cuts, zone, as_of_day, period):
        self.starts, self.returns, self.orders, self.cuts, self.zone, self.as_of_day = starts, returns, orders, cuts, zone, as_of_day
        self.first, self.last = period
        self.end = self.start_of(as_of_day + dt.timedelta(days=1))

    def start_of(self, day):
        return dt.datetime.combine(day, dt.time(), self.zone).astimezone(dt.timezone.utc)

    def day(self, when):
        return when.astimezone(self.zone).date()

    def period_of(self, start, record, unit, clock):
        """None: before the start."""
        by_date = start.by_date or record.by_date
        a, b = self.day(start.time), self.day(record.time)
        if (by_date and b < a) or (not by_date and record.time < start.time):
            return None
        if clock == 'calendar':
            return unit_of(b, unit) - unit_of(a, unit)
        if by_date:
            return (b - a).days // LENGTH[unit]
        return (record.time - start.time) // dt.timedelta(days=LENGTH[unit])

    def cells(self, unit, mode='on', clock='calendar', measure='share', brackets=None):
        """[(cohort, period, size, value, complete)] as marquetry-cli prints them, values as numbers."""
        members = defaultdict(list)
        for customer, records in self.starts.items():
            if records:
                members[unit_of(self.day(records[0].time), unit)].append(customer)
        low = min(members) if self.first is None else unit_of(self.first, unit)
        high = unit_of(self.last, unit)
        cuts = defaultdict(list)
        for customer, time, amount in self.cuts:
            cuts[customer].append(Record(time, net=-amount))
        out = []
        for cohort in sorted(members):
            if low <= cohort <= high:
                out += self.cohort_cells(cohort, members[cohort], cuts, unit, mode, clock, measure, brackets)
        return out

    def cohort_cells(self, cohort, customers, cuts, unit, mode, clock, measure, brackets):
        length = dt.timedelta(days=LENGTH[unit])
        begins = [self.starts[c][0] for c in customers]
        came, count, money = defaultdict(set), defaultdict(int), defaultdict(Decimal)
        for customer in customers:
            start = self.starts[customer][0]
            for record in self.returns[customer]:
                if not (record is start and start.order):       # the order that began is no return
                    came[self.period_of(start, record, unit, clock)].add(customer)
            for record in self.orders.get(customer, []):
                period = self.period_of(start, record, unit, clock)
                if period is not None:
                    count[period] += 1
                    money[period] += record.net
            for record in cuts[customer]:
                period = self.period_of(start, record, unit, clock)
                if period is not None:
                    money[period] += record.net
        came.pop(None, None)
        if clock == 'calendar':
            n_periods = unit_of(self.as_of_day, unit) - cohort + 1
        else:
            n_periods = max((self.as_of_day - self.day(b.time)).days // LENGTH[unit] + 1 if b.by_date
                            else (self.end - dt.timedelta(microseconds=1) - b.time) // length + 1 for b in begins)

        def ended(period):
            if clock == 'calendar':
                return self.start_of(first_day(cohort + period + 1, unit)) <= self.end
            return all(self.start_of(self.day(b.time) + (period + 1) * length) <= self.end if b.by_date
                       else b.time + (period + 1) * length <= self.end for b in begins)

        rows = []
        for first, last in brackets or [(k, k) for k in range(n_periods)]:
            if first >= n_periods:
                break
            if last is None or mode == 'unbounded':
                periods, complete = range(first, n_periods), ended(first)
            else:
                periods, complete = range(first, min(last, n_periods - 1) + 1), ended(last)
            who = set().union(*(came[p] for p in periods))
            if measure == 'cumulative-revenue':
                to = first if mode == 'unbounded' else periods[-1]
                value = (sum((money[p] for p in range(to + 1)), Decimal(0)) / len(customers)).quantize(Decimal('0.01'), ROUND_HALF_EVEN)
            else:
                value = {'share': Fraction(len(who), len(customers)), 'customers': len(who), 'orders': sum(count[p] for p in periods),
                         'revenue': sum((money[p] for p in periods), Decimal(0))}[measure]
            rows.append((label(cohort, unit), first, len(customers), value, complete))
        return rows

    def in_period(self, record):
        day = self.day(record.time)
        return (self.first is None or day >= self.first) and day <= self.last

    def gaps(self):
        """Days between orders, from date to date: (closed, open)."""
        closed, still_open = [], []
        for records in self.orders.values():
            for record, following in zip(records, records[1:] + [None]):
                if not self.in_period(record):
                    continue
                if following is not None:
                    closed.append((self.day(following.time) - self.day(record.time)).days)
                else:
                    still_open.append((self.as_of_day - self.day(record.time)).days)
        return closed, still_open

    def covered(self, since=None):
        """The day before which cohorts are left out of means."""
        closed, _ = self.gaps()
        if since is None:
            since = min(self.day(r[0].time) for r in self.orders.values() if r)
        return since + dt.timedelta(days=math.ceil(quantile(closed, 0.9)))

    def repurchase(self, since=None):
        covered = self.covered(since)
        within_days, within_period, returning = [], [], []
        for records in self.orders.values():
            inside = [r for r in records if self.in_period(r)]
            if inside:
                within_period.append(len(inside) >= 2)
                returning.append(self.first is not None and self.day(records[0].time) < self.first)
            if not records or not self.in_period(records[0]):
                continue
            day = self.day(records[0].time)
            if day >= covered and day + dt.timedelta(days=90) <= self.as_of_day:
                within_days.append(len(records) > 1 and (self.day(records[1].time) - day).days <= 90)
        return [(name, sum(v), len(v)) for name, v in
                (('within 90 days', within_days), ('within period', within_period), ('returning share', returning))]

    def silence(self):
        """[(day, n, chance)] while somebody is watched 30 days ahead."""
        closed, still_open = self.gaps()
        rows = []
        for day in range(10 ** 6):
            longer = sum(g > day for g in closed) + sum(g > day for g in still_open)
            if not any(g >= day + 30 for g in closed + still_open):
                return rows
            survival = 1.0
            for d in sorted({g for g in closed if day < g <= day + 30}):
                at_risk = sum(g >= d for g in closed) + sum(g >= d for g in still_open)
                survival *= 1 - closed.count(d) / at_risk
            rows.append((day, longer, 1 - survival))


def quantile(values, p):
    values = sorted(values)
    position = (len(values) - 1) * p
    low = math.floor(position)
    return values[low] + (position - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def suggested_day(silence, part):
    base = silence[7][2]
    for day, n, chance in silence[8:]:
        if n < 30:
            return None
        if chance < part * base:
            return day
    return None
