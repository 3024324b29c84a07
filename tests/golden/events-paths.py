#!/usr/bin/env python3
"""Events and paths through the command line against counts made here, and funnel, retention, events and paths with the same
bytes for any number of threads and any order of the files' rows. Usage: events-paths.py MARQUETRY_CLI
"""
import collections
import csv
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest

CLI = os.path.abspath(sys.argv.pop(1))
NAMES = ["visit", "view", "cart", "buy", "help"]
CHANNELS = ["search", "mail", "feed", ""]
CUSTOMERS = 20000  # more than one slice of work for each of five threads
START = datetime.datetime(2024, 1, 1)
DAYS = 60
MODELS = "first,last,last-non-direct,linear,participation,u,j,inverse-j,own,time-decay,markov,shapley"


def run(*words):
    environment = dict(os.environ, LANGUAGE="en", LC_ALL="C.UTF-8")
    done = subprocess.run([CLI, *words], capture_output=True, env=environment, check=False)
    assert done.returncode == 0, (words, done.stderr.decode())
    return done.stdout.decode()


def make_events(seed):
    """(customer, time, event, channel, amount), no two of a customer at one time."""
    rng = random.Random(seed)
    rows = []
    for customer in range(CUSTOMERS):
        for second in sorted(rng.sample(range(DAYS * 86400), rng.choice([1, 2, 3, 4, 9]))):
            rows.append(["c%05d" % customer, START + datetime.timedelta(seconds=second), rng.choice(NAMES), rng.choice(CHANNELS), rng.randrange(1, 500)])
    rows.append(["c00000", START + datetime.timedelta(days=DAYS) - datetime.timedelta(seconds=1), "visit", "", 1])
    return rows


def build(folder, name, rows):
    source, project = os.path.join(folder, name + ".csv"), os.path.join(folder, name + ".marquetry")
    with open(source, "w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(["customer", "time", "event", "channel", "amount"])
        for customer, time, event, channel, amount in rows:
            writer.writerow([customer, time.isoformat(" "), event, channel, "%d.00" % amount])
    run("import", project, source, "--as", "events", "--currency", "EUR", "--project-zone", "UTC")
    return project


def ask(project, *words):
    return json.loads(run(words[0], project, *words[1:], "--format", "json"))["tables"]


class EventsAndPaths(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.rows = make_events(1)
        cls.project = build(cls.holder.name, "p", cls.rows)

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def test_events_by_day(self):
        tables = ask(self.project, "events", "--event", "view,cart", "--measure", "customers", "--period", "all")
        count, who = collections.Counter(), collections.defaultdict(set)
        for customer, time, event, _, _ in self.rows:
            if event in ("view", "cart"):
                count[str(time.date())] += 1
                who[str(time.date())].add(customer)
        self.assertEqual({row["period"]: (row["events"], row["customers"]) for row in tables["trend"] if row["events"]},
                         {day: (n, len(who[day])) for day, n in count.items()})
        for row in tables["trend"]:
            self.assertEqual(row["value"], row["customers"])
            if row["customers"]:
                self.assertAlmostEqual(row["per_customer"], row["events"] / row["customers"], places=12)
        total = tables["totals"][0]
        self.assertEqual((total["events"], total["customers"]), (sum(count.values()), len(set.union(*who.values()))))

    def test_events_by_property_and_week(self):
        tables = ask(self.project, "events", "--event", "buy", "--by", "channel", "--unit", "week", "--measure", "sum", "--property", "amount", "--period", "all", "--moving", "3")
        sums = collections.defaultdict(int)
        for _, time, event, channel, amount in self.rows:
            if event == "buy":
                sums[channel or None, "%d-W%02d" % time.isocalendar()[:2]] += amount
        self.assertEqual({(row["group"], row["period"]): row["sum"] for row in tables["trend"] if row["events"]}, {key: "%d.00" % n for key, n in sums.items()})
        for group in set(row["group"] for row in tables["trend"]):
            course = [row for row in tables["trend"] if row["group"] == group]
            for i, row in enumerate(course):
                last = course[max(i - 2, 0):i + 1]
                if len(last) == 3 and all(r["complete"] for r in last):
                    self.assertAlmostEqual(float(row["moving_average"]), sum(float(r["value"]) for r in last) / 3, delta=0.006)

    def test_events_against_the_period_before(self):
        tables = ask(self.project, "events", "--event", "view", "--from", "2024-01-31", "--to", "2024-02-09")
        count = collections.Counter(time.date() for _, time, event, _, _ in self.rows if event == "view")
        for row in tables["trend"]:
            day = datetime.date.fromisoformat(row["period"])
            self.assertEqual((row["value"], row["previous"]), (count[day], count[day - datetime.timedelta(days=10)]), row)

    def find_paths(self, start, steps, days, merge, backwards):
        histories = collections.defaultdict(list)
        for customer, time, event, _, _ in self.rows:
            histories[customer].append((time, event))
        paths = {}
        for customer, history in histories.items():
            history.sort()
            at = next((i for i, (_, event) in enumerate(history) if event == start), None)
            if at is None:
                continue
            anchor = history[at][0]
            walk = history[at::-1] if backwards else history[at:]
            path = []
            for time, event in walk:
                if abs(time - anchor) > datetime.timedelta(days=days) or len(path) == steps:
                    break
                if not merge or not path or path[-1] != event:
                    path.append(event)
            paths[customer] = path[::-1] if backwards else path
        return paths

    def check_paths(self, words, paths):
        tables = ask(self.project, "paths", "--period", "all", *words)
        count = collections.Counter(" → ".join(path) for path in paths.values())
        self.assertEqual(tables["totals"][0]["customers"], len(paths))
        shown = {row["path"]: row["customers"] for row in tables["paths"]}
        self.assertTrue(shown and all(count[path] == n for path, n in shown.items()))
        self.assertEqual(sorted(shown.values(), reverse=True), sorted(count.values(), reverse=True)[:len(shown)])
        self.assertAlmostEqual(tables["totals"][0]["mean_steps"], sum(map(len, paths.values())) / len(paths), places=9)
        return tables

    def test_paths_from_a_start(self):
        for words, steps, days, merge in ((["--start", "visit", "--steps", "4"], 4, 7, True), (["--start", "view", "--steps", "3", "--window", "20d", "--repeats", "keep"], 3, 20, False)):
            paths = self.find_paths(words[1], steps, days, merge, False)
            tables = self.check_paths(words, paths)
            links = collections.Counter((i, path[i], path[i + 1]) for path in paths.values() for i in range(len(path) - 1))
            self.assertEqual({(row["stage"], row["from"], row["to"]): row["customers"] for row in tables["links"]}, dict(links))
            nodes = collections.Counter((i, node) for path in paths.values() for i, node in enumerate(path))
            ended = collections.Counter((len(path) - 1, path[-1]) for path in paths.values() if len(path) < steps)
            for row in tables["nodes"]:
                self.assertEqual((row["customers"], row["ended"]), (nodes[row["stage"], row["node"]], ended[row["stage"], row["node"]]), row)

    def test_paths_to_an_end(self):
        self.check_paths(["--end", "buy", "--steps", "3"], self.find_paths("buy", 3, 7, True, True))

    def add_orders(self, project, name, order):
        """Purchases are orders as well, of one or two lines; a file of spend gives attribution all its tables."""
        rng, lines = random.Random(3), []
        for number, (customer, time, event, channel, amount) in enumerate(self.rows):
            if event == "buy":
                # the lines of an order are of one instant: which product is its first would be a tie
                lines += [[customer, time.isoformat(" "), "o%d" % number, rng.choice("ABC"), "%d.50" % amount, channel]] * rng.choice([1, 1, 2])
        random.Random(order).shuffle(lines)
        spend = [[str((START + datetime.timedelta(days=day)).date()), channel, str(rng.randrange(1, 900))] for day in range(DAYS) for channel in ("search", "mail")]
        random.Random(order).shuffle(spend)
        for kind, header, rows in (("orders", "customer,time,order_id,product,amount,source", lines), ("spend", "date,channel,amount", spend)):
            source = os.path.join(self.holder.name, name + "-" + kind + ".csv")
            with open(source, "w", newline="", encoding="utf-8") as f:
                csv.writer(f, lineterminator="\n").writerows([header.split(",")] + rows)
            run("import", project, source, "--as", kind)

    def test_same_bytes(self):
        """All tables, for 1, 2 and 5 threads and for files in another order."""
        funnel = ["funnel", "--step", "view", "--step", "cart", "--step", "order", "--customers", "2:lost"]
        asked = [[*funnel[:-1], "1:lost", "--by", "channel", "--trend", "week", "--compare-as-of", "2024-02-01"], [*funnel, "--order", "strict", "--exclude", "help:1-2"],
                 [*funnel, "--order", "any", "--count", "totals"], [*funnel[:5], "--hold", "channel", "--count", "pairs", "--trend", "day"], ["funnel", "--window", "30d", "--trend", "month"],
                 ["retention", "--start", "view", "--return", "buy", "--unit", "week", "--by", "channel", "--customers", "2024-W02:1"],
                 ["retention", "--measure", "cumulative-revenue", "--by", "product", "--unit", "week"], ["retention", "--clock", "rolling", "--measure", "revenue"],
                 ["events", "--by", "channel", "--measure", "sum", "--property", "amount"], ["events", "--event", "order,view", "--unit", "month", "--measure", "per-customer"],
                 ["paths", "--start", "view"], ["paths", "--end", "order", "--customers", "4:order", "--events", "*,order"],
                 ["attribution", "--conversion", "buy", "--model", MODELS, "--paths", "--explain", "c00007", "--trend", "week", "--collapse", "1d", "--skip-direct"],
                 ["attribution", "--model", MODELS, "--markov-order", "3", "--bootstrap", "20", "--order-source", "--since-last", "--by", "group", "--trend", "month"]]
        projects = [build(self.holder.name, "s0", self.rows)]
        for turn in (1, 2):
            rows = list(self.rows)
            random.Random(turn).shuffle(rows)
            projects.append(build(self.holder.name, "s%d" % turn, rows))
        for turn, project in enumerate(projects):
            self.add_orders(project, "s%d" % turn, turn)
        for words in asked:
            answers = set()
            for i, project in enumerate(projects):
                for threads in ("1", "2", "5") if i == 0 else (str(i + 1),):
                    answer = json.loads(run(words[0], project, *words[1:], "--threads", threads, "--format", "json"))
                    answer["provenance"].pop("revision")
                    answers.add(json.dumps(answer))
            self.assertEqual(len(answers), 1, words)


if __name__ == "__main__":
    unittest.main()
