#!/usr/bin/env python3
"""Benchmarks: import, open, RFM, month cohorts, funnels and attribution, against DuckDB, pandas, sqlite3 and cat. Prints one JSON object; never a test.

    tests/bench/run.py BUILD_DIR [--cache DIR] [--sizes 100k,1m,10m] [--orders 5m] [--pairs 5] [--only attribution]

Figures are CPU seconds (user + system, all threads) and ratios of two programs run in turn (A B A B ...), each the median
of the pairs; wall times on shared machines are noise. DuckDB comes from npm into the cache folder."""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

SIZES = {"k": 1_000, "m": 1_000_000}


def rows_of(size):
    return int(float(size[:-1]) * SIZES[size[-1]]) if size[-1] in SIZES else int(size)


def run(command, cwd=None, stdin=None):
    """Runs a program; CPU, wall and peak memory of it alone."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = os.times().elapsed
        process = subprocess.Popen(command, cwd=cwd, stdin=stdin or subprocess.DEVNULL, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = os.times().elapsed - start
        out.seek(0)
        err.seek(0)
        text = out.read().decode(errors="replace")
        if process.returncode not in (0, 3):
            sys.exit(f"{' '.join(command)}\n{err.read().decode(errors='replace')}")
    return {"cpu": usage.ru_utime + usage.ru_stime, "wall": wall, "peak_kib": usage.ru_maxrss, "out": text}


def median(runs, field):
    return round(statistics.median(r[field] for r in runs), 4)


def remove(*paths):
    for path in paths:
        for name in (path, path + "-wal", path + "-shm", path + "-journal", path + ".wal", path + ".lock"):
            if os.path.exists(name):
                os.remove(name)


class Bench:
    def __init__(self, args):
        self.build = os.path.abspath(args.build)
        self.pairs = args.pairs
        self.folder = args.cache or os.path.join(tempfile.gettempdir(), "marquetry-bench")
        self.here = os.path.dirname(os.path.abspath(__file__))
        self.cli = os.path.join(self.build, "app", "cli", "marquetry-cli")
        self.python = next((p for p in (sys.executable, "/usr/bin/python3") if subprocess.run([p, "-c", "import pandas"], stderr=subprocess.DEVNULL).returncode == 0), None)
        os.makedirs(self.folder, exist_ok=True)
        tools = ["tests/bench/bench-data", "tests/bench/bench-open", "tests/bench/bench-analysis", "app/cli/marquetry-cli"]
        subprocess.run(["ninja", "-C", self.build, *tools], check=True, stdout=subprocess.DEVNULL)

    def tool(self, name):
        return os.path.join(self.build, "tests", "bench", name)

    def install_duckdb(self):
        if not os.path.isdir(os.path.join(self.folder, "node_modules", "@duckdb", "node-api")):
            subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", self.folder, "@duckdb/node-api"],
                           check=True, stdout=subprocess.DEVNULL)
        for script in ("duckdb-attribution.js", "duckdb-funnel.js", "duckdb-import.js", "duckdb-retention.js"):
            shutil.copy(os.path.join(self.here, script), self.folder)

    def make_file(self, kind, rows, customers):
        path = os.path.join(self.folder, f"{kind}-{rows}.csv")
        if not os.path.exists(path):
            run([self.tool("bench-data"), kind, path + ".part", str(rows), str(customers)])
            os.rename(path + ".part", path)
        return path

    def import_marquetry(self, kind, path, project):
        remove(project)
        return run([self.cli, "--quiet", "--no-progress", "import", project, path, "--as", kind, "--project-zone", "UTC", "--currency", "EUR"])

    def import_duckdb(self, kind, path, database):
        remove(database)
        whole = run(["node", os.path.join(self.folder, "duckdb-import.js"), kind, path, database], cwd=self.folder)
        return dict(whole, **json.loads(whole["out"]))

    def import_sqlite(self, kind, path, database):
        remove(database)
        return run(["sqlite3", "-csv", database, f".import '{path}' {kind}"])

    def compare_import(self, kind, path, rows, with_sqlite):
        project = os.path.join(self.folder, f"{kind}-{rows}.marquetry")
        database = os.path.join(self.folder, f"{kind}-{rows}.duckdb")
        ours, theirs = [], []
        for _ in range(self.pairs):
            ours.append(self.import_marquetry(kind, path, project))
            theirs.append(self.import_duckdb(kind, path, database))
        peak = max(r["peak_kib"] for r in ours) * 1024
        result = {
            "rows": rows,
            "csv_bytes": os.path.getsize(path),
            "import_cpu": median(ours, "cpu"),
            "import_wall": median(ours, "wall"),
            "duckdb_cpu": median(theirs, "cpu"),
            "duckdb_wall": median(theirs, "wall"),
            "cpu_ratio": round(statistics.median(a["cpu"] / b["cpu"] for a, b in zip(ours, theirs)), 4),
            "peak_bytes": peak,
            "peak_allowed": rows * 50 + 100 * 2**20,
            "project_bytes": os.path.getsize(project),
            "duckdb_bytes": os.path.getsize(database),
        }
        if with_sqlite:
            plain = os.path.join(self.folder, f"{kind}-{rows}.sqlite")
            result["sqlite_cpu"] = round(self.import_sqlite(kind, path, plain)["cpu"], 4)
            result["sqlite_bytes"] = os.path.getsize(plain)
            remove(plain)
        remove(database)
        return result, project

    def open_events(self, project):
        ours, cats = [], []
        for _ in range(self.pairs):
            whole = run([self.tool("bench-open"), "events", project])
            ours.append(dict(json.loads(whole["out"]), cpu=whole["cpu"], wall=whole["wall"], peak_kib=whole["peak_kib"]))
            with open(project, "rb") as file:
                cats.append(run(["cat"], stdin=file))
        return {
            "rows": ours[0]["rows"],
            "persons": ours[0]["persons"],
            "open_cpu": median(ours, "open_cpu"),
            "columns_cpu": median(ours, "columns_cpu"),
            "process_cpu": median(ours, "cpu"),
            "process_wall": median(ours, "wall"),
            "cat_wall": median(cats, "wall"),
            "wall_ratio_to_cat": round(statistics.median(a["wall"] / max(b["wall"], 0.01) for a, b in zip(ours, cats)), 2),
            "peak_bytes": max(r["peak_kib"] for r in ours) * 1024,
        }

    def compare_retention(self, path, project, rows):
        """Month cohorts of all events over columns in memory against DuckDB's bit masks, both warm."""
        database = os.path.join(self.folder, f"records-{rows}.duckdb")
        peer = ["node", os.path.join(self.folder, "duckdb-retention.js"), path, database]
        ours, theirs = [], []
        for _ in range(self.pairs):
            whole = run([self.tool("bench-analysis"), project, "retention", "start=*", "period=all"])
            ours.append(statistics.median(json.loads(whole["out"])["runs"][1:]))
            theirs.append(json.loads(run(peer, cwd=self.folder)["out"]))
        cells = run([self.cli, "retention", project, "--start", "*", "--period", "all", "--measure", "customers", "--format", "csv"])["out"]
        cells = [line.split(",") for line in cells.splitlines()[1:]]
        # a month in which nobody came first has no cohort: cohorts are numbered by month, not by row
        months = [int(cell[0][:4]) * 12 + int(cell[0][5:7]) for cell in cells]
        same = {(month - min(months), int(c[1]), int(c[3])) for month, c in zip(months, cells) if c[3] != "0"} == {tuple(cell) for cell in theirs[0]["cells"]}
        peers = [statistics.median(t["runs"][1:]) for t in theirs]
        return {
            "cpu": round(statistics.median(ours), 4),
            "duckdb_cpu": round(statistics.median(peers), 4),
            "cpu_ratio": round(statistics.median(a / b for a, b in zip(ours, peers)), 4),
            "same_cells": same,
        }

    def compare_funnel(self, path, project, rows):
        """Four steps in seven days by channel over columns in memory against DuckDB's ASOF joins, both warm; then whole
        processes, open and query."""
        database = os.path.join(self.folder, f"events-{rows}-funnel.duckdb")
        peer = ["node", os.path.join(self.folder, "duckdb-funnel.js"), path, database]
        names = ["product_view", "add_to_cart", "checkout", "purchase"]
        words = [word for name in names for word in ("--step", name)] + ["--window", "7d", "--period", "all"]
        run(peer + ["1"], cwd=self.folder)  # makes the database
        ours, theirs, our_whole, their_whole = [], [], [], []
        for _ in range(self.pairs):
            ours.append(json.loads(run([self.tool("bench-analysis"), project, "funnel", *[f"step={name}" for name in names], "window=7d", "period=all", "by=channel"])["out"]))
            theirs.append(json.loads(run(peer, cwd=self.folder)["out"]))
            our_whole.append(run([self.cli, "funnel", project, *words, "--by", "channel", "--format", "csv"]))
            their_whole.append(run(peer + ["1"], cwd=self.folder))
        steps = [int(line.split(",")[2]) for line in run([self.cli, "funnel", project, *words, "--format", "csv"])["out"].splitlines()[1:]]
        mine, peers = ([statistics.median(r["runs"][1:]) for r in runs] for runs in (ours, theirs))
        return {
            "cpu": round(statistics.median(mine), 4),
            "duckdb_cpu": round(statistics.median(peers), 4),
            "cpu_ratio": round(statistics.median(a / b for a, b in zip(mine, peers)), 4),
            "process_cpu": median(our_whole, "cpu"),
            "duckdb_process_cpu": median(their_whole, "cpu"),
            "same_steps": steps == theirs[0]["customers"],
        }

    def compare_attribution(self, path, project, rows):
        """Five heuristic models and Markov over purchases and 30 days before them, columns in memory, against DuckDB and pandas
        on the same work; then the bootstrap of 200 rounds."""
        database = os.path.join(self.folder, f"events-{rows}-attribution.duckdb")
        duckdb = ["node", os.path.join(self.folder, "duckdb-attribution.js"), path, database]
        pandas = [self.python, os.path.join(self.here, "pandas-attribution.py"), path]
        models = "model=first,last,linear,u,time-decay,markov"
        ours, bootstraps, ducks, pandases = [], [], [], []
        run(duckdb + ["1"], cwd=self.folder)  # makes the database
        for _ in range(self.pairs):
            ours.append(json.loads(run([self.tool("bench-analysis"), project, "attribution", "conversion=purchase", models, "period=all"])["out"]))
            ducks.append(json.loads(run(duckdb, cwd=self.folder)["out"]))
            bootstraps.append(json.loads(run([self.tool("bench-analysis"), project, "attribution", "conversion=purchase", models, "period=all", "bootstrap=200"])["out"]))
            if self.python is not None:
                pandases.append(json.loads(run(pandas)["out"]))
        lines = run([self.cli, "attribution", project, "--conversion", "purchase", "--period", "all", "--model", "first,linear", "--format", "csv"])["out"].splitlines()[1:]
        credits = {tuple(line.split(",")[:2]): float(line.split(",")[2]) for line in lines}
        same = all(abs(credits[c, m] - peer["credits"][c][i]) < 1e-6 * credits[c, m] for peer in ducks + pandases for c in peer["credits"] for i, m in enumerate(("first", "linear")))
        mine, resampled, duck, frames = ([statistics.median(r["runs"][1:]) for r in runs] for runs in (ours, bootstraps, ducks, pandases))
        return {
            "cpu": round(statistics.median(mine), 4),
            "bootstrap_cpu": round(statistics.median(b - a for a, b in zip(mine, resampled)), 4),
            "duckdb_cpu": round(statistics.median(duck), 4),
            "duckdb_ratio": round(statistics.median(b / a for a, b in zip(mine, duck)), 1),
            "pandas_cpu": round(statistics.median(frames), 4) if frames else None,
            "pandas_ratio": round(statistics.median(b / a for a, b in zip(mine, frames)), 1) if frames else None,
            "same_credits": same,
        }

    def measure_rfm(self, project):
        runs = [json.loads(run([self.tool("bench-open"), "rfm", project])["out"]) for _ in range(self.pairs)]
        return {key: median(runs, key) for key in runs[0] if key != "what"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", help="build directory (meson setup -Dbuildtype=release BUILD)")
    parser.add_argument("--cache", help="folder for the files (default: marquetry-bench in the temporary folder)")
    parser.add_argument("--sizes", default="100k,1m,10m", help="numbers of events")
    parser.add_argument("--orders", default="5m", help="number of orders, 0 for none")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--only", choices=["attribution"], help="of the events: this alone, on a project that is made or already there")
    args = parser.parse_args()
    bench = Bench(args)
    bench.install_duckdb()
    report = {"build": re.sub(r".*/", "", bench.build), "pairs": args.pairs, "processors": os.cpu_count(), "events": [], "orders": None}
    for size in filter(None, args.sizes.split(",")):
        rows = rows_of(size)
        path = bench.make_file("events", rows, max(rows // 20, 1))
        if args.only is not None:
            project = os.path.join(bench.folder, f"events-{rows}.marquetry")
            if not os.path.exists(project):
                bench.import_marquetry("events", path, project)
            report["events"].append({"rows": rows, "attribution": bench.compare_attribution(path, project, rows)})
            continue
        result, project = bench.compare_import("events", path, rows, with_sqlite=rows <= 1_000_000)
        result["open"] = bench.open_events(project)
        result["funnel"] = bench.compare_funnel(path, project, rows)
        result["retention"] = bench.compare_retention(path, project, rows)
        result["attribution"] = bench.compare_attribution(path, project, rows)
        report["events"].append(result)
    if rows_of(args.orders) > 0:
        rows = rows_of(args.orders)
        path = bench.make_file("orders", rows, max(rows // 5, 1))
        result, project = bench.compare_import("orders", path, rows, with_sqlite=False)
        result["rfm"] = bench.measure_rfm(project)
        report["orders"] = result
    json.dump(report, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
