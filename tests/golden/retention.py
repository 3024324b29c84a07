#!/usr/bin/env python3
"""Retention through the command line: days of 23 and 25 hours, a day that a zone left out, records of one instant or date,
and random files against the reference in reference/. Usage: retention.py MARQUETRY_CLI [RANDOM_FILES]"""

import datetime as dt
import os
import random
import sys
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "reference")]
import retention_reference as reference
from shell import run_tests

FILES = int(sys.argv[2]) if len(sys.argv) > 2 else 4
UTC = dt.timezone.utc
ZONES = (("Europe/Berlin", dt.date(2024, 3, 10)), ("Europe/Berlin", dt.date(2024, 10, 5)), ("Pacific/Apia", dt.date(2011, 12, 9)), ("America/Santiago", dt.date(2024, 8, 20)))


def load(sh, rows, zone, kind="events", header="customer,time,event"):
    sh.write("f.csv", "\n".join([header, *(",".join(row) for row in rows), ""]))
    if sh.exists("p.marquetry"):
        os.remove(sh.path("p.marquetry"))
    sh.run("import", "p.marquetry", "f.csv", "--as", kind, "--project-zone", zone, "--time-zone", zone, "--currency", "EUR", "--quiet")


def ask(sh, *words):
    return [(row["cohort"], row["period"], row["size"], row["value"], row["complete"]) for row in sh.table("cells", "retention", "p.marquetry", "--period", "all", *words)]


def find(cells, cohort):
    return [cell[3] for cell in cells if cell[0] == cohort]


def test_short_and_long_day(sh):
    """22 hours 40 minutes that are the next day; 24 hours 40 that are the same day."""
    words = ("--start", "v", "--return", "b", "--unit", "day", "--measure", "customers")
    load(sh, [("a", "2024-03-30T23:30:00Z", "v"), ("a", "2024-03-31T22:10:00Z", "b")], "Europe/Berlin")
    assert find(ask(sh, *words), "2024-03-31") == [0, 1]
    assert find(ask(sh, *words, "--clock", "rolling"), "2024-03-31")[0] == 1
    load(sh, [("a", "2024-10-26T22:10:00Z", "v"), ("a", "2024-10-27T22:50:00Z", "b")], "Europe/Berlin")
    assert find(ask(sh, *words), "2024-10-27") == [1]
    assert find(ask(sh, *words, "--clock", "rolling"), "2024-10-27") == [0, 1]


def test_no_day(sh):
    """Apia went from 29 to 31 December 2011: nothing begins, or comes back, on the 30th."""
    load(sh, [("a", "2011-12-29T12:00:00+00:00", "v"), ("b", "2011-12-30T12:00:00Z", "v"), ("a", "2011-12-30T13:00:00Z", "b")], "Pacific/Apia")
    cells = ask(sh, "--start", "v", "--return", "b", "--unit", "day", "--measure", "customers")
    assert find(cells, "2011-12-29") == [0, 0, 1] and find(cells, "2011-12-31") == [0], cells
    assert [row["period"] for row in sh.table("trend", "events", "p.marquetry", "--period", "all") if row["events"]] == ["2011-12-29", "2011-12-31"]


def test_one_instant(sh):
    """Who came back at the instant, or on the date, of the start came back: whichever row the file has first."""
    words = ("--start", "v", "--return", "b", "--unit", "day", "--measure", "customers")
    for times in (("2024-01-01T10:00:00Z",) * 2, ("2024-01-01",) * 2, ("2024-01-01", "2024-01-01 10:00:00"), ("2024-01-01 10:00:00", "2024-01-01")):
        for rows in ([("a", times[0], "v"), ("a", times[1], "b")], [("a", times[1], "b"), ("a", times[0], "v")]):
            load(sh, rows, "UTC")
            for clock in ("calendar", "rolling"):
                assert find(ask(sh, *words, "--clock", clock), "2024-01-01") == [1], (rows, clock)
    load(sh, [("a", "2024-01-01T09:59:59Z", "b"), ("a", "2024-01-01T10:00:00Z", "v")], "UTC")
    assert find(ask(sh, *words), "2024-01-01") == [0]


def make_file(rng, orders):
    """(rows, records of customers, zone, first day, days) of a random file of dates, times or both."""
    zone, first = rng.choice(ZONES)
    days, dates = rng.choice([20, 60]), rng.choice([0, 0, 1, 0.4])
    begin = dt.datetime.combine(first, dt.time(), ZoneInfo(zone)).astimezone(UTC)
    rows, records = [], defaultdict(list)
    for number in range(90):
        customer, event, amount = "c%02d" % rng.randrange(30), rng.choice("vvcb"), rng.choice(["0.00", "2.50", "19.99"])
        time = begin + dt.timedelta(seconds=rng.randrange(days * 86400))
        by_date = rng.random() < dates
        day = time.astimezone(ZoneInfo(zone)).date()
        if by_date:
            time = dt.datetime.combine(day, dt.time(), ZoneInfo(zone)).astimezone(UTC)
        text = day.isoformat() if by_date else time.strftime("%Y-%m-%dT%H:%M:%SZ")
        rows.append((customer, text, amount, "o%03d" % number) if orders else (customer, text, event))
        records[customer].append((time, number, by_date, event, Decimal(amount)))
    return rows, records, ZoneInfo(zone), first, days


def choose(rng, orders, first, days, last):
    """Words for the command, and what the reference is asked."""
    as_of = first + dt.timedelta(rng.randrange(8, days)) if rng.random() < 0.4 else last
    begin = first + dt.timedelta(rng.randrange(6)) if rng.random() < 0.5 else None
    brackets = rng.choice([None, None, [(0, 0), (1, 3), (4, None)], [(1, 2), (4, 6)]])
    mode = "on" if brackets else rng.choice(["on", "unbounded"])
    unit, clock = rng.choice(["day", "week", "month"]), rng.choice(["calendar", "rolling"])
    measure = rng.choice(["customers", "share", "orders", "revenue", "cumulative-revenue"] if orders else ["customers", "share"])
    start, back = ("order", "order") if orders else rng.choice([("*", "*"), ("v", "b"), ("v", "v"), ("c", "*"), ("v,c", "b")])
    words = ["--as-of", str(as_of), "--unit", unit, "--clock", clock, "--measure", measure, "--start", start, "--return", back, "--mode", mode]
    if begin:
        words += ["--from", str(begin)]
    if brackets:
        words += ["--brackets", ",".join(str(a) if a == b else "%d-%s" % (a, "" if b is None else b) for a, b in brackets)]
    return words, as_of, begin, (start, back), (unit, mode, clock, measure, brackets)


def expect(records, zone, as_of, begin, names, question):
    end = dt.datetime.combine(as_of + dt.timedelta(1), dt.time(), zone)

    def pick(name):
        lists = {customer: [reference.Record(time, by_date, amount, name == "order") for time, _, by_date, event, amount in sorted(all_of_one)
                            if time < end and (name in ("order", "*") or event in name.split(","))] for customer, all_of_one in records.items()}
        return defaultdict(list, {customer: found for customer, found in lists.items() if found})

    starts = pick(names[0])
    returns = starts if names[0] == names[1] else pick(names[1])
    cells = reference.Retention(starts, returns, starts if names[0] == "order" else {}, [], zone, as_of, (begin, as_of)).cells(*question) if starts else []
    return [(cohort, period, size, float(value) if isinstance(value, Fraction) else "%.2f" % value if isinstance(value, Decimal) else value, complete)
            for cohort, period, size, value, complete in cells]


def test_random(sh):
    for seed in range(FILES):
        rng = random.Random(seed)
        orders = seed % 2 == 0
        rows, records, zone, first, days = make_file(rng, orders)
        load(sh, rows, zone.key, *(("orders", "customer,time,amount,order_id") if orders else ()))
        last = max(record[0] for found in records.values() for record in found).astimezone(zone).date()
        for _ in range(10):
            words, as_of, begin, names, question = choose(rng, orders, first, days, last)
            ours = [cell for cell in ask(sh, *words) if cell[2] > 0]
            assert ours == expect(records, zone, as_of, begin, names, question), (seed, words)


run_tests(globals())
