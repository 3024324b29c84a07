#!/usr/bin/env python3
"""A project that may only be read, and one in a folder where nothing may be written: it is read, and whatever would change it
is refused in a sentence and changes nothing. TAP. Root may write anywhere, so as root the program runs as nobody."""
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

CLI = os.path.abspath(sys.argv[1])
NOBODY = 65534
CHANGES = [
    ["import", "P", "more.csv", "--as", "orders"],
    ["undo", "P"],
    ["compact", "P"],
    ["erase", "P", "A"],
]
READS = [["info", "P"], ["imports", "P"], ["export", "P", "orders"], ["rfm", "P", "--period", "all"], ["quality", "P"]]


def run(cli, folder, arguments, user):
    environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="", HOME=folder, XDG_DATA_HOME=os.path.join(folder, "none"))
    return subprocess.run([cli, "--no-progress", *arguments], capture_output=True, cwd=folder, env=environment, timeout=60, user=user)


def state(folder):
    return {name: hashlib.sha256(open(os.path.join(folder, name), "rb").read()).hexdigest() for name in sorted(os.listdir(folder))}


def check(cli, folder, project, user):
    """What is wrong, or ""."""
    before = state(folder)
    for arguments in READS:
        done = run(cli, folder, [project if a == "P" else a for a in arguments], user)
        if done.returncode != 0:
            return "%s: %s" % (arguments[0], done.stderr.decode().strip())
    for arguments in CHANGES:
        done = run(cli, folder, [project if a == "P" else a for a in arguments], user)
        text = done.stderr.decode().strip()
        if done.returncode != 1 or not text.endswith("."):
            return "%s ended with %d: %s" % (arguments[0], done.returncode, text)
        print("# %s: %s" % (arguments[0], text.split("\n")[-1]))
    return "" if state(folder) == before else "something changed"


def main():
    user = NOBODY if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="mq-read-only-") as top:
        os.chmod(top, 0o755)
        cli = shutil.copy(CLI, os.path.join(top, "marquetry-cli"))
        os.chmod(cli, 0o755)
        try:
            able = run(cli, top, ["--version"], user).returncode == 0
        except OSError:
            able = False
        if not able:
            print("1..0 # SKIP the program cannot be run as another user here")
            return
        cases = [("the file may only be read", 0o444, 0o777), ("nothing may be written in the folder", 0o666, 0o555), ("neither", 0o444, 0o555)]
        print("1..%d" % len(cases))
        for number, (name, file_mode, folder_mode) in enumerate(cases, 1):
            folder = os.path.join(top, str(number))
            os.mkdir(folder, 0o755)
            for file, first in (("orders.csv", 1), ("more.csv", 11)):
                with open(os.path.join(folder, file), "w") as out:
                    out.write("order_id,customer_id,time,amount\n" + "".join("%d,%s,2024-01-%02d,%d.00\n" % (i, "ABC"[i % 3], i % 28 + 1, i) for i in range(first, first + 10)))
            made = run(cli, folder, ["import", "shop.marquetry", "orders.csv", "--as", "orders", "--currency", "EUR", "--project-zone", "UTC"], None)
            assert made.returncode == 0, made.stderr.decode()
            lock = os.path.join(folder, "shop.marquetry.lock")
            if os.path.exists(lock):
                os.unlink(lock)
            os.chmod(os.path.join(folder, "shop.marquetry"), file_mode)
            os.chmod(folder, folder_mode)
            fault = check(cli, folder, "shop.marquetry", user)
            os.chmod(folder, 0o755)
            print("%sok %d %s%s" % ("not " if fault else "", number, name, " - " + fault if fault else ""))


main()
