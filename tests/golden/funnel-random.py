#!/usr/bin/env python3
"""Funnels of random files through the command line against the reference in reference/: modes, windows, limits, exclusions,
counting, ranges, matured rates, the trend and the curve from the first entry, of times, dates and both, over days of 23 and
25 hours. Usage: funnel-random.py MARQUETRY_CLI [FILES]"""

import datetime as dt
import os
import random
import sys
from collections import defaultdict
from zoneinfo import ZoneInfo

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "reference")]
import funnel_reference as reference
from shell import run_tests

FILES = int(sys.argv[2]) if len(sys.argv) > 2 else 4
UTC = dt.timezone.utc
ZONES = (("UTC", dt.date(2024, 1, 1)), ("Europe/Berlin", dt.date(2024, 3, 29)), ("Europe/Berlin", dt.date(2024, 10, 25)), ("America/Santiago", dt.date(2024, 9, 6)))
WINDOWS = {"3600s": ("", dt.timedelta(hours=1)), "12h": ("", dt.timedelta(hours=12)), "1d": ("", dt.timedelta(1)), "2d": ("", dt.timedelta(2)), "1cd": ("cd", 1), "2cd": ("cd", 2)}
STEPS = (["v", "c"], ["v", "c", "b"], ["v", "c", "v"], ["v,x", "c", "b"], ["v", "v,c", "b", "r"])
ANCIENT = dt.datetime(1000, 1, 1, tzinfo=UTC)


def make_file(sh, rng):
    """(moments of customers, zone, first day, days)"""
    zone, first = rng.choice(ZONES)
    zone, days, dates, grain = ZoneInfo(zone), rng.choice([4, 7]), rng.choice([0, 0, 1, 0.3]), rng.choice([1, 3600, 21600])
    begin = dt.datetime.combine(first, dt.time(), zone).astimezone(UTC)
    people, lines = defaultdict(list), ["customer,time,event,product"]
    for row in range(160):
        customer, name, held = "c%02d" % rng.randrange(36), rng.choices("vcbxr", [4, 3, 2, 1, 1])[0], rng.choice(["p", "q", ""])
        time = begin + dt.timedelta(seconds=rng.randrange(days * 86400) // grain * grain)
        by_date = rng.random() < dates
        day = time.astimezone(zone).date()
        if by_date:
            time = dt.datetime.combine(day, dt.time(), zone).astimezone(UTC)
        lines.append(",".join([customer, str(day) if by_date else time.strftime("%Y-%m-%dT%H:%M:%SZ"), name, held]))
        people[customer].append(reference.Moment(time, by_date, name, held or None, row))
    sh.write("e.csv", "\n".join([*lines, ""]))
    if sh.exists("p.marquetry"):
        os.remove(sh.path("p.marquetry"))
    sh.run("import", "p.marquetry", "e.csv", "--as", "events", "--project-zone", zone.key, "--time-zone", zone.key, "--currency", "EUR", "--quiet")
    return people, zone, first, days


def choose(rng, zone, as_of):
    """Words for the command and the funnel that they mean."""
    steps, window, limit = rng.choice(STEPS), rng.choice(list(WINDOWS)), rng.choice([None, None, "12h", "1cd"])
    order, count, first_only = rng.choice(["ordered", "ordered", "strict"]), rng.choice(["customers", "totals", "pairs"]), rng.random() < 0.2
    exclusions = [(rng.choice("xr"), *sorted(rng.sample(range(1, len(steps) + 1), 2))) for _ in range(rng.choice([0, 0, 1, 2]))]
    remove, hold = bool(exclusions) and rng.random() < 0.5, count == "pairs"
    words = ["--window", window, "--order", order, "--count", count] + [word for step in steps for word in ("--step", step)]
    words += ["--step-window", limit] if limit else []
    words += [word for name, a, b in exclusions for word in ("--exclude", "%s:%d-%d" % (name, a, b))] + (["--exclusion", "remove"] if remove else [])
    words += (["--hold", "product"] if hold else []) + (["--first-only"] if first_only else [])
    if hold and order == "strict":  # what has another value lies between as well: not in the reference
        words[words.index("strict")] = order = "ordered"
    return words, reference.Funnel(zone, [set(step.split(",")) for step in steps], WINDOWS[window], as_of, WINDOWS[limit] if limit else None, order,
                                   [({name}, a, b) for name, a, b in exclusions], remove, count, hold, first_only)


def near(a, b):
    return (a is None) == (b is None) and (a is None or abs(a - b) < 1e-9)


def check(tables, funnel, people, begin, end):
    units, removed = funnel.count(people, begin or ANCIENT, end)
    ripe = sum(unit.matured > 0 for unit in units)
    assert tables["totals"][0]["removed"] == removed
    for row in tables["steps"]:
        step, last = row["step"], row["step"] == len(funnel.steps)
        reached = sum(unit.level >= step for unit in units)
        went_on = reached if last else sum(unit.level > step for unit in units)
        still_open = 0 if last else sum(unit.level == step and unit.open for unit in units)
        assert (row["customers"], row["converted"], row["lost"], row["open"]) == (reached, went_on, reached - went_on - still_open, still_open), row
        if step > 1 and units:
            assert near(row["rate_matured"], sum(unit.matured >= step for unit in units) / ripe if ripe else None), row
            assert all(map(near, (row["low"], row["high"]), reference.wilson(reached, len(units)))), row
    if units:
        chance, half = reference.kaplan_meier(units)
        assert near(tables["totals"][0]["first_entry_rate"], chance) and near(tables["totals"][0]["half_seconds"], half), (tables["totals"], chance, half)
    for row in tables["trend"]:
        day = dt.date.fromisoformat(row["period"])
        some, _ = funnel.count(people, max(funnel.start_of(day), begin or ANCIENT), min(funnel.start_of(day + reference.DAY) - reference.TICK, end))
        assert (row["customers"], row["converted"], row["open"]) == (len(some), sum(unit.level == len(funnel.steps) for unit in some), sum(unit.open for unit in some)), row


def test_random(sh):
    for seed in range(FILES):
        rng = random.Random(seed)
        people, zone, first, days = make_file(sh, rng)
        newest = max(moment.time for moments in people.values() for moment in moments).astimezone(zone).date()
        for _ in range(6):
            day = first + dt.timedelta(rng.randrange(1, days)) if rng.random() < 0.5 else newest
            as_of = dt.datetime.combine(day + reference.DAY, dt.time(), zone).astimezone(UTC) - reference.TICK
            words, funnel = choose(rng, zone, as_of)
            begin = funnel.start_of(first + reference.DAY) if rng.random() < 0.5 else None
            words += ["--as-of", str(day), "--trend", "day"] + (["--from", str(first + reference.DAY)] if begin else ["--period", "all"])
            try:
                check(sh.json("funnel", "p.marquetry", *words)["tables"], funnel, people, begin, as_of)
            except AssertionError as error:
                raise AssertionError(seed, words) from error


run_tests(globals())
