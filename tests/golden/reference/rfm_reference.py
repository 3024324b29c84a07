#!/usr/bin/env python3
"""An independent RFM: orders, refund matching and scores from a CSV file, written from METHODS.md alone.

Plain and slow on purpose: money is decimal, everything is counted by its definition. Prints one table as CSV, in the
form in which marquetry-cli prints it, so that the two can be compared line by line.

    rfm_reference.py FILE --customer COL --time COL --amount COL[*COL] [--order COL] [--product COL] [--table NAME] ...
"""

import argparse
import bisect
import csv
import datetime as dt
import gzip
import io
import sys
from collections import defaultdict
from decimal import Decimal, ROUND_HALF_EVEN
from fractions import Fraction
from zoneinfo import ZoneInfo

MISSING = {'', 'NA', 'N/A', '#N/A', 'NULL', 'null', '-', '--', '—', '\\N', '(not set)', '(none)', '无'}
DAY, MINUTE, SECOND = 2, 1, 0

ELEVEN = {
    'Champions': '555 554 544 545 454 455 445',
    'Loyal': '543 444 435 355 354 345 344 335',
    'Potential Loyalist': '553 551 552 541 542 533 532 531 452 451 442 441 431 453 433 432 423 353 352 351 342 341 333 323',
    'New Customers': '512 511 422 421 412 411 311',
    'Promising': '525 524 523 522 521 515 514 513 425 424 413 414 415 315 314 313',
    'Need Attention': '535 534 443 434 343 334 325 324',
    'About To Sleep': '331 321 312 221 213 231 241 251',
    'At Risk': '255 254 245 244 253 252 243 242 235 234 225 224 153 152 145 143 142 135 134 133 125 124',
    'Cannot Lose Them': '155 154 144 214 215 115 114 113',
    'Hibernating': '332 322 233 232 223 222 132 123 122 212 211',
    'Lost': '111 112 121 131 141 151',
}
EIGHT = {'111': 'important value', '011': 'important keep', '101': 'important develop', '001': 'important retain',
         '110': 'general value', '010': 'general keep', '100': 'general develop', '000': 'general retain'}


def grid_segment(r, f):
    if r <= 2:
        return 'Hibernating' if f <= 2 else 'At Risk' if f <= 4 else 'Cannot Lose Them'
    if r == 3 and f <= 2:
        return 'About To Sleep'
    if r == 3 and f == 3:
        return 'Need Attention'
    if r in (3, 4) and f >= 4:
        return 'Loyal'
    if r == 4 and f == 1:
        return 'Promising'
    if r == 5 and f == 1:
        return 'New Customers'
    return 'Potential Loyalist' if f <= 3 else 'Champions'


class Line:
    __slots__ = ('row', 'customer', 'time', 'precision', 'amount', 'order', 'product', 'matched', 'key')


class Order:
    def __init__(self, lines):
        self.lines = sorted(lines, key=lambda l: (l.time, l.row))
        self.time = self.lines[0].time
        self.customer = next((l.customer for l in self.lines if l.customer is not None), None)
        self.sum = sum(l.amount for l in self.lines)
        self.positive = sum((l.amount for l in self.lines if l.amount > 0), 0 * self.sum)
        self.has_positive = any(l.amount > 0 for l in self.lines)
        self.refunds = []       # (time, amount) that reduce it


def parse_time(text, form, zone):
    """A time of the file as (instant in UTC, precision)."""
    text = text.strip()
    if form == 'YYYYMMDD':
        when, precision = dt.datetime.strptime(text, '%Y%m%d'), DAY
    elif len(text) <= 10:
        when, precision = dt.datetime.strptime(text, '%Y-%m-%d'), DAY
    elif text.count(':') == 1:
        when, precision = dt.datetime.strptime(text, '%Y-%m-%d %H:%M'), MINUTE
    else:
        when, precision = dt.datetime.strptime(text, '%Y-%m-%d %H:%M:%S'), SECOND
    return when.replace(tzinfo=zone).astimezone(dt.timezone.utc), precision


def read_lines(args, zone):
    opener = gzip.open if args.file.endswith('.gz') else open
    with opener(args.file, 'rb') as f:
        text = f.read().decode('utf-8')
    if args.blanks:
        rows = [l.split() for l in text.splitlines() if l.strip()]
    else:
        rows = list(csv.reader(io.StringIO(text)))
    header = None if args.no_header else rows.pop(0)

    def find(name):
        return int(name[1:]) - 1 if name.startswith('#') else header.index(name)

    def cell(row, column):
        value = row[column].strip()
        return None if value in MISSING else value

    cent = Decimal(1).scaleb(-args.digits)
    amounts = [find(c) for c in args.amount.split('*')]
    time, customer = find(args.time), find(args.customer)
    order = find(args.order) if args.order else None
    product = find(args.product) if args.product else None
    lines = []
    for number, row in enumerate(rows):
        line = Line()
        line.row = number
        line.customer = cell(row, customer)
        line.time, line.precision = parse_time(row[time], args.date_format, zone)
        value = Decimal(1)
        for column in amounts:
            value *= Decimal(row[column])
        line.amount = value.quantize(cent, rounding=ROUND_HALF_EVEN)
        line.order = cell(row, order) if order is not None else None
        line.product = cell(row, product) if product is not None else None
        line.matched = False
        lines.append(line)
    return lines


def floor_time(when, precision, zone):
    local = when.astimezone(zone)
    if precision == DAY:
        return local.date().toordinal()
    if precision == MINUTE:
        return when.replace(second=0, microsecond=0)
    return when


def make_orders(lines, zone):
    groups = defaultdict(list)
    for line in lines:
        if line.order is not None:
            line.key = ('id', line.order)
        elif line.customer is not None:
            line.key = ('time', line.customer, line.precision, floor_time(line.time, line.precision, zone))
        else:
            line.key = ('row', line.row)
        groups[line.key].append(line)
    return {key: Order(group) for key, group in groups.items()}


def not_after(line, refund, zone):
    precision = max(line.precision, refund.precision)
    return floor_time(line.time, precision, zone) <= floor_time(refund.time, precision, zone)


def within_180_days(line, refund, zone):
    precision = max(line.precision, refund.precision)
    a, b = floor_time(line.time, precision, zone), floor_time(refund.time, precision, zone)
    return b - a <= 180 if precision == DAY else b - a <= dt.timedelta(days=180)


def match_refunds(lines, orders, zone, products):
    """Fills Order.refunds; returns the unmatched refunds as (customer, time, amount)."""
    unmatched = []
    candidates = defaultdict(list)
    for line in lines:
        if line.amount > 0 and line.customer is not None and orders[line.key].sum >= 0 and (not products or line.product is not None):
            candidates[line.customer, line.product, line.amount].append(line)
    for line in sorted((l for l in lines if l.amount < 0), key=lambda l: (l.time, l.row)):
        order = orders[line.key]
        if order.has_positive:
            order.refunds.append((line.time, -line.amount))
            # the line it refunds is not there for another refund row
            own = [c for c in candidates[order.customer, line.product, -line.amount]
                   if c.key == line.key and not c.matched and not_after(c, line, zone)]
            if own:
                max(own, key=lambda c: (c.time, c.row)).matched = True
            continue
        found = None
        if line.customer is not None and (not products or line.product is not None):
            found = [c for c in candidates[line.customer, line.product, -line.amount]
                     if not c.matched and not_after(c, line, zone) and within_180_days(c, line, zone)]
        if found:
            best = max(found, key=lambda c: (c.time, (c.order or '').encode(), c.row))
            best.matched = True
            orders[best.key].refunds.append((line.time, -line.amount))
        else:
            unmatched.append((line.customer, line.time, -line.amount))
    for order in orders.values():
        order.refunds, excess = split_excess(order)
        unmatched += [(order.customer, time, amount) for time, amount in excess]
    return unmatched


def split_excess(order):
    """What of an order's refunds is covered by its positive lines, and what is beyond them: both as (time, amount)."""
    left, covered, excess = order.positive, [], []
    for time, amount in sorted(order.refunds):
        taken = min(left, amount)
        left -= taken
        covered.append((time, taken))
        if amount > taken:
            excess.append((time, amount - taken))
    return covered, excess


class Book:
    """The orders as they stand at an as-of date (the last instant that counts)."""

    def __init__(self, lines, zone, as_of, products):
        lines = [l for l in lines if l.time <= as_of]
        for line in lines:
            line.matched = False
        self.lines, self.zone = lines, zone
        self.zero = Decimal(0).quantize(lines[0].amount)
        self.orders = make_orders(lines, zone)
        self.unmatched = match_refunds(lines, self.orders, zone, products)
        self.refund_orders = [o for o in self.orders.values() if o.sum < 0]
        self.valid, self.fully_refunded = [], []
        for order in self.orders.values():
            if order.sum < 0:
                continue
            order.refunded = sum((a for _, a in order.refunds), self.zero)
            order.net = order.positive - order.refunded
            full = order.positive > 0 and order.refunded >= order.positive
            (self.fully_refunded if full else self.valid).append(order)

    def totals(self):
        gross = sum((o.positive for o in self.valid + self.fully_refunded), self.zero)
        refunded = sum((o.refunded for o in self.valid + self.fully_refunded), self.zero)
        unmatched = sum((a for _, _, a in self.unmatched), self.zero)
        return [('lines', len(self.lines)), ('orders', len(self.valid) + len(self.fully_refunded)),
                ('valid_orders', len(self.valid)), ('unpaid', 0), ('fully_refunded', len(self.fully_refunded)),
                ('refund_orders', len(self.refund_orders)), ('free_orders', sum(o.positive == 0 for o in self.valid)),
                ('customers', len({o.customer for o in self.valid if o.customer is not None})),
                ('gross_total', sum(l.amount for l in self.lines)), ('gross', gross), ('refunded', refunded),
                ('refunded_unmatched', unmatched), ('net', gross - refunded - unmatched)]


def median(values):
    values = sorted(values)
    n = len(values)
    return Fraction(values[(n - 1) // 2] + values[n // 2]) / 2


def quantile_scores(values, k, small_is_good):
    """score = min(k, 1 + floor(k * share of customers that are worse))."""
    ordered = sorted(values)
    n = len(values)
    scores = []
    for v in values:
        worse = n - bisect.bisect_right(ordered, v) if small_is_good else bisect.bisect_left(ordered, v)
        scores.append(min(k, 1 + k * worse // n))
    return scores


def cut_scores(values, bounds, small_is_good):
    scores = []
    for v in values:
        above = sum(v > b for b in bounds)
        scores.append(len(bounds) + 1 - above if small_is_good else 1 + above)
    return scores


class Rfm:
    """customer → (recency, frequency, monetary, r, f, m, segment) at an as-of date."""

    def __init__(self, lines, zone, as_of_day, args):
        as_of = end_of_day(as_of_day, zone)
        self.book = Book(lines, zone, as_of, bool(args.product))
        first = None if args.period == 'all' else as_of_day - dt.timedelta(days=int(args.period.rstrip('d')) - 1)

        def day(when):
            return when.astimezone(zone).date()

        bought = defaultdict(list)
        for order in self.book.valid:
            if order.customer is not None and (first is None or day(order.time) >= first):
                bought[order.customer].append(order)
        minus = defaultdict(lambda: self.book.zero)
        for customer, time, amount in self.book.unmatched:
            if first is None or day(time) >= first:
                minus[customer] += amount
        self.customers = sorted(bought, key=lambda c: c.encode())
        self.recency = [(as_of_day - max(day(o.time) for o in bought[c])).days for c in self.customers]
        self.frequency = [len(bought[c]) for c in self.customers]
        self.monetary = [sum((o.net for o in bought[c]), self.book.zero) - minus[c] for c in self.customers]
        self.intervals = []
        for c in self.customers:
            days = sorted(day(o.time) for o in bought[c])
            self.intervals += [(b - a).days for a, b in zip(days, days[1:])]
        self.score(args)

    def score(self, args):
        n = len(self.customers)
        if args.map == 'eight':
            limit = median(self.intervals) if self.intervals else median(self.recency)
            mean = Fraction(sum(self.monetary)) / n
            self.r = [int(v <= limit) for v in self.recency]
            self.f = [int(v >= 2) for v in self.frequency]
            self.m = [int(Fraction(v) > mean) for v in self.monetary]
            self.segments = [EIGHT[f'{r}{f}{m}'] for r, f, m in zip(self.r, self.f, self.m)]
            return
        k = args.quantiles
        self.r = quantile_scores(self.recency, k, True)
        self.m = quantile_scores(self.monetary, k, False)
        lowest = self.frequency.count(min(self.frequency))
        if args.scoring == 'auto' and k == 5 and Fraction(lowest, n) > Fraction(40, 100):
            self.f = cut_scores(self.frequency, [1, 2, 3, 5], False)
        else:
            self.f = quantile_scores(self.frequency, k, False)
        for part in filter(None, (args.cuts or '').split(',')):
            name, bounds = part.split('=')
            bounds = [Decimal(b) for b in bounds.split(':')]
            values = {'r': self.recency, 'f': self.frequency, 'm': self.monetary}[name]
            setattr(self, name, cut_scores(values, bounds, name == 'r'))
        if k != 5:
            self.segments = [None] * n
        elif args.map == 'grid':
            self.segments = [grid_segment(r, f) for r, f in zip(self.r, self.f)]
        else:
            code = {c: name for name, codes in ELEVEN.items() for c in codes.split()}
            self.segments = [code[f'{r}{f}{m}'] for r, f, m in zip(self.r, self.f, self.m)]


def end_of_day(day, zone):
    start = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), zone)
    return start.astimezone(dt.timezone.utc) - dt.timedelta(microseconds=1)


def map_order(name):
    if name == 'eight':
        return list(EIGHT.values())
    if name == 'eleven':
        return list(ELEVEN)
    return ['Hibernating', 'At Risk', 'Cannot Lose Them', 'About To Sleep', 'Need Attention', 'Loyal', 'Promising',
            'New Customers', 'Potential Loyalist', 'Champions']


def number(fraction):
    """A mean or median as the shortest text of its double."""
    value = float(fraction)
    return str(int(value)) if value == int(value) else repr(value)


def money_mean(total, n, digits):
    scaled = Fraction(total) * 10 ** digits / n
    return Decimal(round(scaled)).scaleb(-digits).quantize(Decimal(1).scaleb(-digits))


def print_customers(rfm, out):
    out.writerow(['customer', 'recency', 'frequency', 'monetary', 'r', 'f', 'm', 'segment'])
    for row in zip(rfm.customers, rfm.recency, rfm.frequency, rfm.monetary, rfm.r, rfm.f, rfm.m, rfm.segments):
        out.writerow(['' if v is None else v for v in row])


def print_segments(rfm, args, out):
    out.writerow(['segment', 'customers', 'share', 'revenue', 'recency_median', 'frequency_median', 'monetary_median',
                  'recency_mean', 'frequency_mean', 'monetary_mean', 'revenue_share'])
    total = sum(rfm.monetary)
    cent = Decimal(1).scaleb(-args.digits)
    for name in map_order(args.map):
        who = [i for i, s in enumerate(rfm.segments) if s == name]
        r, f, m = ([v[i] for i in who] for v in (rfm.recency, rfm.frequency, rfm.monetary))
        n, revenue = len(who), sum(m, Decimal(0).quantize(cent))
        row = [name, n, number(Fraction(n, len(rfm.customers))), revenue]
        if n:
            row += [number(median(r)), number(median(f)), money_mean(median(m), 1, args.digits), number(Fraction(sum(r), n)),
                    number(Fraction(sum(f), n)), money_mean(revenue, n, args.digits)]
        else:
            row += [''] * 6
        out.writerow(row + [number(Fraction(revenue) / Fraction(total))])


def print_migration(before, now, args, out):
    out.writerow(['from', 'to', 'customers', 'revenue'])
    old = {c: (s, m) for c, s, m in zip(before.customers, before.segments, before.monetary)}
    new = {c: (s, m) for c, s, m in zip(now.customers, now.segments, now.monetary)}
    moves = defaultdict(list)
    for customer in set(old) | set(new):
        moves[old.get(customer, [''])[0], new.get(customer, [''])[0]].append(new.get(customer, old.get(customer))[1])
    names = map_order(args.map) + ['']
    for a in names:
        for b in names:
            if a or b:
                zero = Decimal(0).quantize(Decimal(1).scaleb(-args.digits))
                out.writerow([a, b, len(moves[a, b]), sum(moves[a, b], zero)])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('file')
    for name in ('customer', 'time', 'amount'):
        parser.add_argument('--' + name, required=True)
    for name in ('order', 'product', 'date-format', 'as-of', 'compare-as-of', 'cuts'):
        parser.add_argument('--' + name)
    parser.add_argument('--blanks', action='store_true')
    parser.add_argument('--no-header', action='store_true')
    parser.add_argument('--zone', default='UTC')
    parser.add_argument('--digits', type=int, default=2)
    parser.add_argument('--period', default='365d')
    parser.add_argument('--scoring', default='auto', choices=['auto', 'quantiles', 'cuts'])
    parser.add_argument('--quantiles', type=int, default=5)
    parser.add_argument('--map', default='eleven', choices=['eleven', 'grid', 'eight'])
    parser.add_argument('--table', default='customers', choices=['customers', 'orders', 'segments', 'migration'])
    args = parser.parse_args()
    if args.scoring == 'cuts':
        args.scoring = 'auto'
    zone = ZoneInfo(args.zone)
    lines = read_lines(args, zone)
    newest = max(l.time for l in lines).astimezone(zone).date()
    as_of = dt.date.fromisoformat(args.as_of) if args.as_of else newest
    out = csv.writer(sys.stdout, lineterminator='\n')
    if args.table == 'orders':
        out.writerow(['measure', 'value'])
        out.writerows(Book(lines, zone, end_of_day(as_of, zone), bool(args.product)).totals())
        return
    rfm = Rfm(lines, zone, as_of, args)
    if args.table == 'customers':
        print_customers(rfm, out)
    elif args.table == 'segments':
        print_segments(rfm, args, out)
    else:
        print_migration(Rfm(lines, zone, dt.date.fromisoformat(args.compare_as_of), args), rfm, args, out)


if __name__ == '__main__':
    main()
