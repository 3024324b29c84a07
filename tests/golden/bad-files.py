#!/usr/bin/env python3
"""Hostile and odd files through the command line: every outcome as the generator of the files expects it, but for those
listed here with the reason. TAP. The generator lies with the shared data; without it the test is skipped."""
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

CLI = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get("MQ_SHARED_DATA") or os.path.join(HERE, "..", "..", "..", "shared", "data")
GENERATOR = os.path.join(SHARED, "bad", "gen_bad.py")
MEMORY = 1536 * 1024 * 1024  # of addresses, which is more than what is used
SECONDS = 60

# What is expected otherwise, and why.
ARGUED = {
    # The record is rejected at that place, and no row is left (the contract's exit 1).
    "lone_surrogate.json": ("error", "1", "8"),
    "nul_escape.json": ("error", "1", "2"),
    # N is the 14th character; the 15th is its second letter.
    "nan.json": ("error", "1", "14"),
    # Told by its content, as a TSV named .xls is: refusing a table for its name helps nobody.
    "csv_as.xlsx": ("ok", "", ""),
}


def outcome(status, warnings):
    if status == 0:
        return "ok+warning" if warnings else "ok"
    if status == 3:
        return "ok+warning"
    return "error" if status == 1 else "crash %s" % status


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(path, folder):
    project = os.path.join(folder, "p.marquetry")
    if os.path.exists(project):
        os.unlink(project)
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="")
    arguments = [CLI, "--no-progress", "import", project, path, "--as", "customers", "--format", "json", "--currency", "EUR", "--project-zone", "UTC"]
    done = subprocess.run(arguments, capture_output=True, timeout=SECONDS, env=environment, preexec_fn=limit_memory)
    text = done.stderr.decode("utf-8", "replace").strip().split("\n")[-1]
    result = json.loads(done.stdout) if done.stdout.startswith(b"{") else None
    return done.returncode, text, result


def judge(row, status, text, result):
    """Empty if all is as it should be."""
    expected, line, column = ARGUED.get(row["file"], (row["expected"], row["line"], row["column"]))[:3]
    warnings = result["warnings"] if result else []
    got = outcome(status, warnings)
    if expected == "limit":
        return "" if got in ("ok", "ok+warning", "error") else got
    # A warning more is no fault: a file that says nothing of keys or zones is warned about.
    if got != expected and not (expected == "ok" and got == "ok+warning"):
        return "%s, not %s" % (got, expected)
    if got == "error" and line:
        place = ":%s:%s" % (line, column) if column else ":%s:" % line
        return "" if row["file"] + place in text else "not at" + place
    if result and line and expected == "ok+warning":
        places = " ".join(warnings) + " ".join("line %s column %s" % (r["line"], r["column"]) for r in result["tables"]["rejected"])
        return "" if str(line) in places else "line %s is not named" % line
    if result:
        counts = result["tables"]["import"][0]
        if counts["read"] != counts["stored"] + counts["updated"] + counts["unchanged"] + counts["rejected"]:
            return "rows are lost"
    return ""


def main():
    if not os.path.exists(GENERATOR):
        print("1..0 # SKIP the shared data is not here")
        return
    verbose = os.environ.get("MQ_VERBOSE")
    with tempfile.TemporaryDirectory(prefix="mq-bad-") as folder:
        files = os.path.join(folder, "bad")
        subprocess.run([sys.executable, GENERATOR, files], check=True, stdout=subprocess.DEVNULL)
        with open(os.path.join(files, "EXPECT.tsv"), newline="") as expect:
            rows = list(csv.DictReader(expect, delimiter="\t"))
        print("1..%d" % len(rows))
        for number, row in enumerate(rows, 1):
            start = time.monotonic()
            try:
                status, text, result = run(os.path.join(files, row["file"]), folder)
                fault = judge(row, status, text, result)
            except subprocess.TimeoutExpired:
                status, text, result, fault = "?", "", None, "takes too long"
            print("%sok %d %s%s" % ("not " if fault else "", number, row["file"], " - " + fault if fault else ""))
            if fault or verbose:
                counts = result and [result["tables"]["import"][0][k] for k in ("read", "stored", "rejected")]
                print("# %s | %s | %s | %s | %s | %.1f s" % (row["attack"], status, counts, text[:200], "; ".join(result["warnings"])[:300] if result else "", time.monotonic() - start))


main()
