#!/usr/bin/env python3
"""Saved segments through the command line. Usage: segments.py MARQUETRY_CLI

What an analysis says of a segment is what it says of a project that has nobody else: every analysis is held against that.
"""
import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import unittest

CLI = os.path.abspath(sys.argv.pop(1))


def run(*words, status=0, stdin=None, folder=None):
    environment = dict(os.environ, LANGUAGE="en", LC_ALL="C.UTF-8")
    done = subprocess.run([CLI, *words], capture_output=True, env=environment, input=stdin, cwd=folder, check=False)
    assert done.returncode == status, (words, done.returncode, done.stderr.decode())
    return done.stdout.decode() if status == 0 else done.stderr.decode()


CHANNELS = ["search", "mail", "feed", ""]
NAMES = ["view", "cart", "buy", "help"]


def make_shop(seed):
    """Orders and events of 60 people; some are known by phone in one file and by id in another."""
    rng = random.Random(seed)
    orders = [["order_id", "customer_id", "phone", "time", "product", "amount"]]
    events = [["customer_id", "time", "event", "channel"]]
    for person in range(60):
        name = "c%02d" % person
        phone = "1380000%04d" % person if person % 3 == 0 else ""
        for i in range(rng.randrange(4)):
            orders.append(["o%d-%d" % (person, i), name if person % 6 else "", phone, stamp(rng), rng.choice("abc"), "%d.50" % rng.randrange(5, 90)])
        if person % 6 == 0:  # the id and the phone meet on one row
            orders.append(["m%d" % person, name, phone, stamp(rng), "a", "7.00"])
        for _ in range(rng.randrange(12)):
            events.append([name, stamp(rng), rng.choice(NAMES), rng.choice(CHANNELS)])
    orders.append(["anonymous", "", "", stamp(rng), "a", "9.00"])
    # what says when the data begins and ends is the whole project's: c00 has both
    for time in ("2024-01-01 00:00:00", "2024-06-30 23:00:00"):
        orders.append(["at" + time, "c00", "13800000000", time, "b", "5.00"])
        events.append(["c00", time, "view", "mail"])
    return orders, events


def stamp(rng):
    return "2024-%02d-%02d %02d:%02d:%02d" % (rng.randrange(1, 7), rng.randrange(1, 29), rng.randrange(24), rng.randrange(60), rng.randrange(60))


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)


def build(folder, name, orders, events):
    project = os.path.join(folder, name + ".marquetry")
    for kind, rows in (("orders", orders), ("events", events)):
        path = os.path.join(folder, "%s-%s.csv" % (name, kind))
        write(path, rows)
        keys = ["--map", "key.phone=phone"] if kind == "orders" else []
        run("import", project, path, "--as", kind, "--currency", "EUR", "--project-zone", "UTC", *keys, "--map", "customer=customer_id")
    return project


ANALYSES = [
    ["rfm", "--customers"],
    ["rfm", "--map", "eight", "--compare-as-of", "2024-05-01", "--customers"],
    ["funnel", "--step", "view", "--step", "cart", "--step", "order", "--by", "event.channel"],
    ["funnel", "--step", "view", "--step", "buy", "--window", "30d", "--trend", "month", "--customers", "2:lost"],
    ["retention", "--unit", "month"],
    ["retention", "--start", "view", "--return", "buy", "--unit", "week", "--by", "event.channel"],
    ["events", "--by", "event.channel"],
    ["paths", "--steps", "3"],
    ["attribution", "--touch", "view,help"],
]


def comparable(text):
    answer = json.loads(text)
    for key in ("data", "revision"):
        answer["provenance"].pop(key)
    answer.pop("settings")
    # rows of nobody are read where there is no segment, and left out
    answer["provenance"].pop("rows_read")
    answer["provenance"].pop("rows_left_out")
    return answer


class Segments(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def save(self, project, name, customers):
        path = self.path("list.txt")
        with open(path, "w", encoding="utf-8") as f:
            f.write("\n".join(customers) + "\n")
        return run("segment", project, "save", name, path)

    def test_a_segment_is_a_project_of_its_own(self):
        for seed in range(2):
            orders, events = make_shop(seed)
            whole = build(self.folder, "whole%d" % seed, orders, events)
            chosen = {"c%02d" % i for i in random.Random(seed).sample(range(60), 25)} | {"c00"}
            phones = {"1380000%04d" % int(name[1:]) for name in chosen if int(name[1:]) % 3 == 0}
            part = build(self.folder, "part%d" % seed,
                         orders[:1] + [row for row in orders[1:] if row[1] in chosen or (row[1] == "" and row[2] in phones)],
                         events[:1] + [row for row in events[1:] if row[0] in chosen])
            self.save(whole, "老客 A", sorted(chosen))
            for words in ANALYSES:
                scope = ["--as-of", "2024-06-30", "--period", "all", "--format", "json"]
                a = comparable(run(words[0], whole, *words[1:], *scope, "--segment", "老客 A"))
                b = comparable(run(words[0], part, *words[1:], *scope))
                self.assertEqual(a["tables"], b["tables"], words)
                self.assertEqual(a["provenance"], b["provenance"], words)

    def test_threads_and_row_order_do_not_matter(self):
        orders, events = make_shop(5)
        answers = set()
        for turn in range(3):
            rng = random.Random(turn)
            shuffled = [rows[:1] + rng.sample(rows[1:], len(rows) - 1) for rows in (orders, events)]
            project = build(self.folder, "s%d" % turn, *shuffled)
            self.save(project, "A", rng.sample(["c%02d" % i for i in range(30)], 30))
            for threads in ("1", "2", "5"):
                answer = json.loads(run("funnel", project, "--step", "view", "--step", "cart", "--segment", "A", "--by", "segment:A",
                                        "--threads", threads, "--format", "json"))
                answer["provenance"].pop("revision")
                answers.add(json.dumps(answer, ensure_ascii=False))
        self.assertEqual(len(answers), 1)

    def test_breakdown_by_a_segment(self):
        orders, events = make_shop(1)
        project = build(self.folder, "p", orders, events)
        self.save(project, "A", ["c%02d" % i for i in range(20)])
        for words in (["funnel", "--step", "view", "--step", "cart"], ["events", "--event", "view"], ["retention", "--start", "view", "--return", "view"]):
            rows = json.loads(run(words[0], project, *words[1:], "--by", "segment:A", "--period", "all", "--format", "json"))["tables"]
            table = rows.get("steps") or rows.get("series") or rows.get("cells") or next(iter(rows.values()))
            self.assertEqual({row["group"] for row in table} - {None}, {"A", "Not in the segment"}, words)
        rows = {row["group"]: row["customers"] for row in json.loads(run("funnel", project, "--step", "view", "--step", "cart", "--by", "segment:A", "--period", "all", "--format", "json"))["tables"]["steps"] if row["step"] == 1}
        whole = json.loads(run("funnel", project, "--step", "view", "--step", "cart", "--period", "all", "--format", "json"))["tables"]["steps"][0]["customers"]
        viewers = {row[0] for row in events[1:] if row[2] == "view"}
        self.assertEqual(rows["A"], len(viewers & {"c%02d" % i for i in range(20)}))
        self.assertEqual(sum(rows.values()), whole)

    def test_list_rename_delete(self):
        project = build(self.folder, "p", *make_shop(2))
        self.assertEqual(run("segment", project, "list"), "segment,customers,saved,source\n")
        self.save(project, " B ", ["c01", "c02", "nobody"])
        self.save(project, "A", ["c03"])
        listed = json.loads(run("segment", project, "list", "--format", "json"))["tables"]["segments"]
        self.assertEqual([(row["segment"], row["customers"]) for row in listed], [("A", 1), ("B", 2)])
        self.assertIn("already", run("segment", project, "save", "A", self.path("list.txt"), status=1))
        run("segment", project, "rename", "A", "C")
        self.assertIn("already", run("segment", project, "rename", "C", "B", status=1))
        self.assertIn("no segment", run("segment", project, "rename", "A", "D", status=1))
        run("segment", project, "delete", "B")
        self.assertIn("no segment", run("segment", project, "delete", "B", status=1))
        listed = json.loads(run("segment", project, "list", "--format", "json"))["tables"]["segments"]
        self.assertEqual([row["segment"] for row in listed], ["C"])
        for words in (["list", "x"], ["members"], ["no-such-verb", "x"], ["rename", "C"]):
            run("segment", project, *words, status=2)
        for name in ("", "x" * 101, "a\nb"):
            run("segment", project, "rename", "C", name, status=2)
        self.assertIn("segment", run("rfm", project, "--segment", "B", status=2))
        self.assertIn("segment", run("funnel", project, "--step", "view", "--step", "cart", "--by", "segment:B", status=2))
        self.assertIn("None of the listed", run("segment", project, "save", "N", "-", stdin=b"nobody\n", status=1))

    def test_members_and_export(self):
        orders, events = make_shop(3)
        project = build(self.folder, "p", orders, events)
        table = run("rfm", project, "--period", "all", "--customers", "--format", "csv")
        run("segment", project, "save", "All", "-", stdin=table.encode())
        customers = [row["customer"] for row in csv.DictReader(io.StringIO(table))]
        rows = list(csv.DictReader(io.StringIO(run("segment", project, "members", "All", "--format", "csv"))))
        self.assertEqual([row["customer"] for row in rows], customers)
        self.assertEqual(list(rows[0]), ["customer", "customer_id", "phone"])
        for row in rows:
            if row["customer"].startswith("c"):
                self.assertEqual(row["customer_id"], row["customer"])
                if int(row["customer"][1:]) % 6 == 0:
                    self.assertEqual(row["phone"], "+861380000%04d" % int(row["customer"][1:]))
        run("segment", project, "export", "All", "-o", self.path("out.csv"))
        with open(self.path("out.csv"), encoding="utf-8-sig", newline="") as f:
            self.assertEqual([row["customer"] for row in csv.DictReader(f)], customers)
        run("segment", project, "export", "All", "-o", self.path("out.xlsx"))
        with open(self.path("out.xlsx"), "rb") as f:
            self.assertEqual(f.read(2), b"PK")
        self.assertEqual(run("segment", project, "export", "All").split("\n")[0], "customer,customer_id,phone")

    def test_a_customer_stays_when_a_better_key_comes(self):
        project = self.path("p.marquetry")
        write(self.path("a.csv"), [["phone", "time", "amount"], ["13800000001", "2024-01-01", "5"], ["13800000002", "2024-01-02", "6"]])
        run("import", project, self.path("a.csv"), "--as", "orders", "--currency", "EUR", "--project-zone", "UTC", "--map", "key.phone=phone")
        self.save(project, "A", ["+8613800000001"])
        write(self.path("b.csv"), [["customer", "phone", "time", "amount"], ["007", "13800000001", "2024-02-01", "8"]])
        run("import", project, self.path("b.csv"), "--as", "orders", "--map", "key.phone=phone", "--map", "customer=customer")
        rows = json.loads(run("rfm", project, "--segment", "A", "--period", "all", "--format", "json"))["tables"]["customers"]
        self.assertEqual([(row["customer"], row["monetary"]) for row in rows], [("007", "13.00")])
        run("undo", project, "1")
        run("undo", project, "2")
        self.assertEqual(run("segment", project, "members", "A", "--format", "csv"), "customer\n")

    def test_copies_have_the_segments(self):
        project = build(self.folder, "p", *make_shop(4))
        self.save(project, "A", ["c01", "c02"])
        members = run("segment", project, "members", "A", "--format", "csv")
        run("backup", project, self.path("copy.marquetry"))
        run("salvage", project, self.path("new.marquetry"))
        run("compact", project)
        for name in ("p", "copy", "new"):
            self.assertEqual(run("segment", self.path(name + ".marquetry"), "members", "A", "--format", "csv"), members)
        run("check", project)


if __name__ == "__main__":
    unittest.main()
