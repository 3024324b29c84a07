#!/usr/bin/env python3
"""Funnels through the command line: ClickHouse's published cases and the Taobao set where they are, a case by hand, the
same bytes for shuffled files and any number of threads. Usage: funnel.py MARQUETRY_CLI"""

import csv
import datetime
import gzip
import io
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import unittest

CLI = os.path.abspath(sys.argv.pop(1))
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get("MQ_SHARED_DATA") or os.path.join(os.path.dirname(ROOT), "shared", "data")
ZONE = datetime.timezone(datetime.timedelta(hours=8))


def run(*words, status=0):
    environment = dict(os.environ, LANGUAGE="en", LC_ALL="C.UTF-8")
    done = subprocess.run([CLI, *words], capture_output=True, env=environment, check=False)
    assert done.returncode == status, (words, done.returncode, done.stderr.decode())
    return done.stdout.decode()


def funnel(project, *words):
    return json.loads(run("funnel", project, "--format", "json", *words))


def without_revision(text):
    return "\n".join(line for line in text.split("\n") if '"revision"' not in line)


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.project = os.path.join(self.folder.name, "p.marquetry")

    def tearDown(self):
        self.folder.cleanup()

    def load(self, rows, header="customer,time,event", kind="events", project=None, status=0, zone="UTC", extra=()):
        path = os.path.join(self.folder.name, kind + ".csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(header + "\n" if header else "")
            file.writelines(",".join(str(cell) for cell in row) + "\n" for row in rows)
        return run("import", project or self.project, path, "--as", kind, "--project-zone", zone, "--time-zone", zone, "--currency", "EUR", *extra, status=status)


class ByHand(Case):
    ROWS = [
        ("a", "2024-01-01T10:00:00Z", "view", "web"), ("a", "2024-01-01T11:00:00Z", "cart", "web"), ("a", "2024-01-02T09:00:00Z", "buy", "app"),
        ("b", "2024-01-01T10:00:00Z", "view", "app"), ("b", "2024-01-03T10:00:00Z", "cart", "app"), ("b", "2024-01-03T11:00:00Z", "buy", "app"),
        ("c", "2024-01-05T10:00:00Z", "view", "web"), ("c", "2024-01-05T10:00:00Z", "cart", "web"), ("c", "2024-01-05T12:00:00Z", "view", "web"),
        ("d", "2024-01-04T10:00:00Z", "cart", "web"),
        ("e", "2024-01-02T10:00:00Z", "view", "mail"), ("e", "2024-01-02T11:00:00Z", "refund", "mail"), ("e", "2024-01-02T12:00:00Z", "cart", "mail"),
    ]
    STEPS = ("--step", "view", "--step", "cart", "--step", "buy", "--window", "1d")

    def setUp(self):
        super().setUp()
        self.load(self.ROWS, "customer,time,event,channel")

    def steps(self, *words):
        return [[row[name] for name in ("customers", "converted", "lost", "open")] for row in funnel(self.project, *self.STEPS, *words)["tables"]["steps"]]

    def test_states(self):
        # a converts; b's cart comes two days later; c, whose steps are of one instant, can still convert; d never enters
        self.assertEqual(self.steps(), [[4, 3, 1, 0], [3, 1, 1, 1], [1, 1, 0, 0]])
        self.assertEqual(self.steps("--window", "3d"), [[4, 4, 0, 0], [4, 2, 1, 1], [2, 2, 0, 0]])
        self.assertEqual(self.steps("--window", "1cd"), [[4, 3, 1, 0], [3, 0, 3, 0], [0, 0, 0, 0]])
        self.assertEqual(self.steps("--window", "2cd"), [[4, 3, 1, 0], [3, 1, 1, 1], [1, 1, 0, 0]])
        self.assertEqual(self.steps("--step-window", "2h"), [[4, 3, 1, 0], [3, 0, 3, 0], [0, 0, 0, 0]])
        self.assertEqual(self.steps("--to", "2024-01-02"), [[3, 2, 1, 0], [2, 1, 1, 0], [1, 1, 0, 0]])

    def test_exclusions(self):
        self.assertEqual(self.steps("--exclude", "refund:1-2"), [[4, 2, 2, 0], [2, 1, 0, 1], [1, 1, 0, 0]])
        self.assertEqual(self.steps("--exclude", "refund:1-2", "--exclusion", "remove"), [[3, 2, 1, 0], [2, 1, 0, 1], [1, 1, 0, 0]])
        self.assertEqual(self.steps("--order", "strict")[1], [2, 1, 0, 1])

    def test_unripe(self):
        # no window of an entry of the period has ended: there is no rate of those that have
        steps = funnel(self.project, *self.STEPS[:6], "--window", "7d", "--from", "2024-01-02")["tables"]["steps"]
        self.assertEqual([(row["customers"], row["open"], row["rate_matured"]) for row in steps], [(2, 0, None), (2, 2, None), (0, 0, None)])

    def test_tables(self):
        result = funnel(self.project, *self.STEPS, "--customers", "1:lost")
        step = result["tables"]["steps"][1]
        self.assertEqual([step["rate"], step["rate_from_previous"], step["rate_matured"], step["small"]], [0.75, 0.75, 2 / 3, True])
        self.assertEqual(step["median_seconds"], 3600)
        self.assertAlmostEqual(step["low"], 0.300642, 5)
        self.assertEqual(result["tables"]["customers"], [{"customer": "b", "level": 1, "entry": "2024-01-01T10:00:00+00:00", "state": "lost", "reason": "too late"}])
        self.assertEqual([row["reason"] for row in funnel(self.project, *self.STEPS, "--customers", "2:lost")["tables"]["customers"]], ["no step 3"])
        excluded = funnel(self.project, *self.STEPS, "--exclude", "refund:1-2", "--customers", "1:lost")["tables"]["customers"]
        self.assertEqual([(row["customer"], row["reason"]) for row in excluded], [("b", "too late"), ("e", "excluded")])
        self.assertEqual(result["tables"]["totals"][0]["ties"], 1)
        self.assertEqual([row["median_seconds"] for row in result["tables"]["times"]], [3600, 82800, 79200])

    def test_groups(self):
        rows = funnel(self.project, *self.STEPS, "--by", "channel")["tables"]["steps"]
        self.assertEqual([(row["group"], row["customers"]) for row in rows if row["step"] == 1], [("web", 2), ("app", 1), ("mail", 1)])
        rows = funnel(self.project, *self.STEPS, "--by", "channel", "--by-step", "3")["tables"]["steps"]
        self.assertEqual([(row["group"], row["customers"]) for row in rows if row["step"] == 1], [("app", 1), (None, 3)])

    def test_counting(self):
        self.assertEqual([row["customers"] for row in funnel(self.project, *self.STEPS, "--count", "totals")["tables"]["steps"]], [4, 3, 1])
        self.assertEqual([row["customers"] for row in funnel(self.project, *self.STEPS, "--hold", "channel")["tables"]["steps"]], [4, 3, 0])
        self.assertEqual([row["name"] for row in funnel(self.project, *self.STEPS, "--order", "any")["tables"]["steps"]], ["1 of 3", "2 of 3", "3 of 3"])
        self.assertEqual([row["customers"] for row in funnel(self.project, *self.STEPS, "--order", "any")["tables"]["steps"]], [5, 4, 1])

    def test_trend(self):
        rows = funnel(self.project, *self.STEPS, "--trend", "day")["tables"]["trend"]
        self.assertEqual([(row["period"], row["customers"], row["converted"], row["matured"]) for row in rows],
                         [("2024-01-01", 2, 1, True), ("2024-01-02", 1, 0, True), ("2024-01-03", 0, 0, True), ("2024-01-04", 0, 0, True), ("2024-01-05", 1, 0, False)])

    def test_auto(self):
        # of two completions within 30 days one takes 23 hours, the other 49; but 3 days are more than a third of 5
        self.assertEqual(funnel(self.project, *self.STEPS[:6], "--from", "2023-12-01")["tables"]["totals"][0]["window_seconds"], 3 * 86400)
        self.assertEqual(funnel(self.project, *self.STEPS[:6], "--from", "2024-01-01")["tables"]["totals"][0]["window_seconds"], 86400)

    def test_default(self):
        # without orders the most frequent events
        self.assertEqual([row["name"] for row in funnel(self.project)["tables"]["steps"]], ["cart", "view", "buy"])

    def test_half(self):
        """Of two conversions of two hundred the first is half of them, whatever rounding makes of 1 - 199/200 * 198/199."""
        for n in (61, 68, 83, 200):
            project = os.path.join(self.folder.name, f"half{n}.marquetry")
            self.load([(f"c{i:03d}", "2024-01-01T10:00:00Z", "view") for i in range(n)] + [(f"c{i:03d}", f"2024-01-01T1{1 + i}:00:00Z", "buy") for i in range(2)] + [("x", "2024-01-09T10:00:00Z", "end")], project=project)
            self.assertEqual(funnel(project, "--step", "view", "--step", "buy", "--window", "1d")["tables"]["totals"][0]["half_seconds"], 3600)

    def test_trend_by_data(self):
        """The finest unit with most entries in periods of 100 or more; months where there is none; strays change nothing."""
        def rows(a_day, days):
            return [(f"c{day}-{i}", f"2024-{1 + day // 28:02d}-{1 + day % 28:02d}T10:00:00Z", "view") for day in range(days) for i in range(a_day)]
        for a_day, first in ((100, "2023-09-01"), (15, "2023-W35"), (1, "2023-09")):
            project = os.path.join(self.folder.name, f"{a_day}.marquetry")
            self.load([("x", "2023-09-01T10:00:00Z", "view"), *rows(a_day, 56)], project=project)
            trend = funnel(project, "--step", "view", "--step", "view", "--window", "1d", "--trend", "auto", "--period", "all")["tables"]["trend"]
            self.assertEqual(trend[0]["period"], first)

    def test_names_of_settings(self):
        """A mistake is reported under the setting that holds it."""
        steps = ("funnel", "--step", "view", "--step", "cart")
        for words, name in ((("paths", "--events", "nothing"), "events"), (("paths", "--start", "nothing"), "start"), (("paths", "--end", "nothing"), "end"),
                            ((*steps, "--exclude", "nothing:1-2"), "exclude"), (("funnel", "--step", "view", "--step", "nothing"), "step"),
                            (("retention", "--start", "view,cart", "--return", "nothing"), "return"), (("retention", "--start", "view", "--return", "nothing"), "return"),
                            (("events", "--event", "nothing"), "event"), (("attribution", "--conversion", "buy", "--touch", "nothing"), "touch")):
            done = subprocess.run([CLI, words[0], self.project, *words[1:]], capture_output=True, env=dict(os.environ, LANGUAGE="en", LC_ALL="C.UTF-8"), check=False)
            self.assertEqual((done.returncode, f"“{name}”" in done.stderr.decode()), (2, True), (words, done.stderr))

    def test_refused(self):
        for words in (["--step", "a"], ["--step", "vieww", "--step", "cart"], ["--step", "view", "--step", "cart", "--window", "5x"],
                      ["--step", "view", "--step", "cart", "--exclude", "buy:2-1"], ["--step", "view", "--step", "cart", "--customers", "3:lost"],
                      ["--step", "view", "--step", "cart", "--by", "colour"], ["--step", "view", "--step", "cart", "--count", "pairs"],
                      ["--step", "view", "--step", "cart", "--order", "any", "--step-window", "1d"]):
            with self.subTest(words):
                run("funnel", self.project, *words, status=2)


class Matured(Case):
    """Only entries whose window has ended stand in the matured rate."""

    def rates(self, *words):
        return [row["rate_matured"] for row in funnel(self.project, "--step", "view", "--step", "cart", *words)["tables"]["steps"]]

    def test_held(self):
        # what has no value goes on nowhere, in no rate
        self.load([("a", "2024-01-01T10:00:00Z", "view", ""), ("a", "2024-01-01T11:00:00Z", "cart", ""), ("a", "2024-01-05T10:00:00Z", "view", "")], "customer,time,event,product")
        self.assertEqual(self.rates("--window", "1d"), [None, 1])
        self.assertEqual(self.rates("--window", "1d", "--hold", "product"), [None, 0])

    def test_mixed(self):
        # a date's window ends after that of a time of the same day
        self.load([("a", "2024-01-03", "view"), ("a", "2024-01-03 09:00:00", "cart"), ("a", "2024-01-03 10:00:00", "view")])
        self.assertEqual(self.rates("--window", "12h"), [None, 0])
        self.assertEqual(self.rates("--window", "1cd"), [None, 1])


class Zones(Case):
    """Calendar days of 23 and of 25 hours."""

    def customers(self, window):
        return [row["customers"] for row in funnel(self.project, "--step", "view", "--step", "buy", "--window", window)["tables"]["steps"]]

    def test_short_day(self):
        self.load([("a", "2024-03-30T22:30:00Z", "view"), ("a", "2024-03-31T21:59:59Z", "buy"), ("b", "2024-03-30T22:30:00Z", "view"), ("b", "2024-03-31T22:00:00Z", "buy")], zone="Europe/Berlin")
        self.assertEqual([self.customers(window) for window in ("1cd", "2cd", "3cd", "1d")], [[2, 0], [2, 1], [2, 2], [2, 2]])

    def test_long_day(self):
        self.load([("a", "2024-10-26T22:00:00Z", "view"), ("a", "2024-10-27T22:59:59Z", "buy"), ("b", "2024-10-26T22:00:00Z", "view"), ("b", "2024-10-27T23:00:00Z", "buy")], zone="Europe/Berlin")
        self.assertEqual([self.customers(window) for window in ("1cd", "2cd", "24h", "25h")], [[2, 1], [2, 2], [2, 0], [2, 2]])
        rows = funnel(self.project, "--step", "view", "--step", "buy", "--window", "1cd", "--trend", "day")["tables"]["trend"]
        self.assertEqual([(row["period"], row["customers"], row["matured"]) for row in rows], [("2024-10-27", 2, True), ("2024-10-28", 0, True)])

    def test_no_day(self):
        # Apia had no 30 December 2011
        self.load([("a", "2011-12-29 12:00:00", "view"), ("a", "2011-12-31 12:00:00", "buy")], zone="Pacific/Apia")
        self.assertEqual([self.customers(window) for window in ("1cd", "2cd", "3cd", "1d")], [[1, 0], [1, 0], [1, 1], [1, 1]])


class Orders(Case):
    def test_course(self):
        header = "customer,order_id,created_time,paid_time,completed_time,status,amount"
        rows = [("a", "1", "2024-01-01", "2024-01-01", "2024-01-05", "completed", "10"), ("a", "2", "2024-01-20", "2024-01-20", "2024-01-22", "completed", "5"),
                ("b", "3", "2024-01-02", "2024-01-03", "", "shipped", "10"), ("c", "4", "2024-01-02", "", "", "unpaid", "10")]
        self.load(rows, header, "orders", extra=("--map", "time=created_time", "--map", "created_time=created_time"))
        rows = funnel(self.project, "--window", "30d")["tables"]["steps"]
        self.assertEqual([row["customers"] for row in rows], [3, 2, 2, 1, 1])

    def test_silent(self):
        """What no order says - that it was shipped, that it was completed - is no step, and the rules say so."""
        rows = [("a", "2024-01-01", "1", "5"), ("a", "2024-01-03", "2", "5"), ("b", "2024-01-01", "3", "5")]
        self.load(rows, "customer,time,order_id,amount", "orders")
        result = funnel(self.project)
        self.assertEqual([(step["name"], step["customers"]) for step in result["tables"]["steps"]], [("order.created", 2), ("order.paid", 2), ("order.again", 1)])
        # without events there is no mistake in a setting: a file is missing
        run("events", self.project, status=1)
        run("paths", self.project, status=1)
        other = os.path.join(self.folder.name, "o.marquetry")
        self.load([(*row, status) for row, status in zip(rows, ("paid", "shipped", "unpaid"))], "customer,time,order_id,amount,status", "orders", project=other)
        self.assertEqual([step["name"] for step in funnel(other)["tables"]["steps"]], ["order.created", "order.paid", "order.shipped", "order.again"])

    def test_again(self):
        """An order is not the next one after itself, also for those who had bought before the period."""
        rows = [("a", "2024-01-01 10:00:00", "1"), ("a", "2024-01-03 10:00:00", "2"), ("b", "2024-01-01 10:00:00", "3"),
                ("c", "2023-01-01 10:00:00", "4"), ("c", "2024-01-02 10:00:00", "5")]
        self.load([(*row, "5", "completed") for row in rows], "customer,time,order_id,amount,status", "orders")
        steps = funnel(self.project, "--window", "7d", "--period", "30d")["tables"]["steps"]
        self.assertEqual([step["name"] for step in steps][-1], "order.again")
        self.assertEqual([step["customers"] for step in steps], [3, 3, 3, 3, 1])


class Same(Case):
    def test_bytes(self):
        source = random.Random(7)
        rows = [(f"c{source.randrange(400)}", 1700000000 + i, source.choice("vvvcb"), source.choice("xyz")) for i in source.sample(range(400000), 6000)]
        words = ("--step", "v", "--step", "c", "--step", "b", "--window", "12h", "--by", "channel", "--trend", "day", "--format", "json", "--customers", "2:lost")
        outputs = set()
        for i in range(3):
            project = os.path.join(self.folder.name, f"{i}.marquetry")
            source.shuffle(rows)
            self.load(rows, "customer,time,event,channel", project=project, extra=("--date-format", "epoch-s"))
            outputs |= {without_revision(run("funnel", project, *words, "--threads", str(n))) for n in (1, 2, 5)}
        self.assertEqual(len(outputs), 1)

    def test_short_way(self):
        """A funnel without a list of customers is read in another way: every other table is the same, with records of one
        instant, windows that have not ended, and more groups than are counted together."""
        source = random.Random(11)
        rows = [(f"c{source.randrange(600)}", 1700000000 + 600 * source.randrange(1500), source.choice("vvvcbx"), source.choice("xyz"), f"p{source.randrange(500)}") for _ in range(6000)]
        self.load(rows, "customer,time,event,channel,product", extra=("--date-format", "epoch-s"))
        for words in ([], ["--by", "channel"], ["--by", "channel", "--by-step", "2"], ["--by", "product"], ["--as-of", "2023-11-20"], ["--period", "3d"], ["--window", "30d", "--by", "channel"], ["--window", "60s"]):
            with self.subTest(words):
                words = ["--step", "v", "--step", "c", "--step", "b", "--window", "12h", *words]
                short, whole = funnel(self.project, *words), funnel(self.project, *words, "--customers", "1:lost")
                del whole["tables"]["customers"]
                self.assertGreater(short["tables"]["totals"][0]["entered"], 20)
                self.assertEqual(short["tables"], whole["tables"])


class Published(Case):
    def test_clickhouse(self):
        path = os.path.join(SHARED, "funnel", "windowfunnel-cases.json")
        if not os.path.exists(path):
            self.skipTest("no shared data")
        with open(path, encoding="utf-8") as file:
            cases = json.load(file)
        for case in cases:
            with self.subTest(case["id"]):
                project = os.path.join(self.folder.name, case["id"] + ".marquetry")
                first = min(row[0] for rows in case["users"].values() for row in rows)
                self.load([(user, 1500000000 + row[0] - first, "e" + row[1]) for user, rows in case["users"].items() for row in rows], project=project, extra=("--date-format", "epoch-s"))
                self.check(project, case)

    def check(self, project, case):
        words = [word for step in case["steps"] for word in ("--step", "e" + step)]
        if len(case["steps"]) < 2:
            # a funnel has two steps at least: one that nobody did stands for the second
            words += ["--step", "e1000[event = none]"]
        steps = funnel(project, *words, "--window", f"{case['window']}s")["tables"]["steps"]
        for level in range(1, len(case["steps"]) + 1):
            expected = sum(reached >= level for reached in case["expect_level"].values())
            self.assertEqual(steps[level - 1]["customers"], expected)


class Taobao(Case):
    STEPS = ("--step", "pv", "--step", "cart", "--step", "buy", "--hold", "#3")

    def setUp(self):
        super().setUp()
        path = os.path.join(SHARED, "events", "taobao-userbehavior.csv.gz")
        if not os.path.exists(path):
            self.skipTest("no shared data")
        with gzip.open(path, "rt") as file:
            self.lines = file.read().split("\n")
        self.rows = [row for row in csv.reader(self.lines) if len(row) == 5]

    def load_taobao(self, project, rows, status=0):
        path = os.path.join(self.folder.name, "t.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write(rows)
        words = ("--map", "customer=#1", "--map", "product=#2", "--map", "event=#4", "--map", "time=#5", "--no-header", "--time-zone", "Asia/Shanghai", "--project-zone", "Asia/Shanghai", "--currency", "CNY")
        return run("import", project, path, "--as", "events", *words, "--rejects", os.path.join(self.folder.name, "rejects.csv"), status=status)

    def slow(self, days):
        """Who bought within so many seconds of a view of the same category, through a cart: every chain tried."""
        people = {}
        for user, _, category, event, time in self.rows:
            people.setdefault(user, {}).setdefault(category, []).append((int(time), event))
        levels = {}
        for user, categories in people.items():
            for moments in categories.values():
                views, carts, buys = ([time for time, event in moments if event == name] for name in ("pv", "cart", "buy"))
                for view in views:
                    inside = [cart for cart in carts if view <= cart <= view + days * 86400]
                    level = 1 + bool(inside) + any(cart <= buy <= view + days * 86400 for cart in inside for buy in buys)
                    levels[user] = max(levels.get(user, 0), level)
        return [sum(level >= step for level in levels.values()) for step in (1, 2, 3)]

    def test_set(self):
        self.load_taobao(self.project, "\n".join(self.lines), status=3)
        with open(os.path.join(self.folder.name, "rejects.csv"), encoding="utf-8") as file:
            self.assertIn(str(len(self.lines)), file.read())
        for days in (1, 7):
            result = funnel(self.project, *self.STEPS, "--window", f"{days}d", "--trend", "day")
            self.assertEqual([row["customers"] for row in result["tables"]["steps"]], self.slow(days))
        trend = [row for row in funnel(self.project, *self.STEPS, "--window", "1d", "--trend", "day")["tables"]["trend"] if row["customers"] >= 30]
        self.assertLess(max(row["rate"] for row in trend), 0.1)
        # whoever entered within the last day and did not convert is open, not lost
        self.assertEqual([trend[-1]["lost"], trend[-1]["matured"]], [0, False])
        self.assertGreater(trend[-1]["open"], 700)

    def test_sql(self):
        """States by step, pairs and the course by day, days of Asia/Shanghai, as SQL has them."""
        self.load_taobao(self.project, "\n".join(",".join(row) for row in self.rows))
        database = sqlite3.connect(":memory:")
        database.execute("CREATE TABLE e (u, c, n, t INTEGER)")
        database.executemany("INSERT INTO e VALUES (?, ?, ?, ?)", [(row[0], row[2], row[3], int(row[4])) for row in self.rows])
        database.execute("CREATE INDEX i ON e (u, c, n, t)")
        day = datetime.datetime.fromtimestamp(max(int(row[4]) for row in self.rows), ZONE).date() + datetime.timedelta(days=1)
        as_of = int(datetime.datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp())
        for days in (1, 3):
            database.execute("DROP TABLE IF EXISTS entries")
            database.execute("""CREATE TABLE entries AS SELECT u, c, date(t + 28800, 'unixepoch') AS day, t + :w >= :as_of AS open,
                1 + EXISTS (SELECT 1 FROM e k WHERE k.u = v.u AND k.c = v.c AND k.n = 'cart' AND k.t BETWEEN v.t AND v.t + :w)
                  + EXISTS (SELECT 1 FROM e k JOIN e b ON b.u = k.u AND b.c = k.c AND b.n = 'buy' AND b.t BETWEEN k.t AND v.t + :w
                            WHERE k.u = v.u AND k.c = v.c AND k.n = 'cart' AND k.t BETWEEN v.t AND v.t + :w) AS level
                FROM e v WHERE n = 'pv'""", {"w": days * 86400, "as_of": as_of})
            tables = funnel(self.project, *self.STEPS, "--window", f"{days}d", "--trend", "day")["tables"]
            self.assertEqual([(row["period"], row["customers"], row["converted"], row["open"], row["lost"]) for row in tables["trend"] if row["customers"]],
                             database.execute("""SELECT day, count(*), sum(level = 3), sum(level < 3 AND open), sum(level < 3 AND NOT open)
                                 FROM (SELECT day, max(level) AS level, max(open) AS open FROM entries GROUP BY day, u) GROUP BY day ORDER BY day""").fetchall())
            for count, group in (((), "u"), (("--count", "pairs"), "u, c")):
                steps = funnel(self.project, *self.STEPS, "--window", f"{days}d", *count)["tables"]["steps"]
                mine = database.execute(f"""SELECT sum(level >= s), sum(level > s) + sum(s = 3 AND level = 3), sum(level = s AND NOT open AND s < 3), sum(level = s AND open AND s < 3)
                    FROM (SELECT max(level) AS level, max(open) AS open FROM entries GROUP BY {group}), (SELECT 1 AS s UNION SELECT 2 UNION SELECT 3) GROUP BY s ORDER BY s""").fetchall()
                self.assertEqual([(row["customers"], row["converted"], row["lost"], row["open"]) for row in steps], mine)

    def test_dates(self):
        """With the purchases cut to their dates nobody who converted is lost to midnight."""
        self.load_taobao(self.project, "\n".join(",".join(row) for row in self.rows))
        cut = os.path.join(self.folder.name, "cut.marquetry")
        written = []
        for row in self.rows:
            time = datetime.datetime.fromtimestamp(int(row[4]), ZONE)
            written.append(",".join(row[:4] + [time.strftime("%Y-%m-%d" if row[3] == "buy" else "%Y-%m-%d %H:%M:%S")]))
        self.load_taobao(cut, "\n".join(written))
        for hold in ((), ("--hold", "#3")):
            exact, dated = (json.loads(run("funnel", project, "--format", "json", "--step", "pv", "--step", "cart", "--step", "buy", "--window", "1d", "--customers", "3:converted", *hold)) for project in (self.project, cut))
            names = [{row["customer"] for row in result["tables"]["customers"]} for result in (exact, dated)]
            self.assertLess(0, len(names[0]))
            self.assertLessEqual(names[0], names[1])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], testRunner=unittest.TextTestRunner(stream=io.TextIOWrapper(sys.stderr.buffer, line_buffering=True)))
