#!/usr/bin/python3
"""What the window costs on its main thread: start to the first frame (median of ten processes), page switches with the
answers there, frames while a file of events is imported. JSON, milliseconds of CPU; never part of the tests.

usage: tests/gui/gui-session.sh -t 600 -- tests/bench/bench-window.py BUILD [EVENTS.csv|- [PROJECT]]
With a project of `bench-data events` also frames while the funnel's window slides, and how far behind its figures are.
"""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

BUILD = os.path.abspath(sys.argv[1])
PROGRAM = os.path.join(BUILD, 'tests/bench/bench-window')
CLI = os.path.join(BUILD, 'app/cli/marquetry-cli')


def run(*arguments):
    return json.loads(subprocess.check_output([PROGRAM, *arguments], text=True))


def main():
    subprocess.check_call(['ninja', '-C', BUILD, 'tests/bench/bench-window', 'app/cli/marquetry-cli'], stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        project = os.path.join(folder, 'bench.marquetry')
        subprocess.check_call([CLI, '--quiet', 'sample', 'shop-en', project])
        for name, arguments in (('start', []), ('project', [project])):
            first = [run('first-frame', *arguments)['median_ms'] for _ in range(10)]
            print(json.dumps({'mode': 'first frame, ' + name, 'n': len(first), 'median_ms': statistics.median(first), 'max_ms': max(first)}))
        print(json.dumps(run('pages', project)))
        if len(sys.argv) > 3:
            copy = os.path.join(folder, 'slider.marquetry')
            shutil.copy(sys.argv[3], copy)
            sys.stdout.flush()
            subprocess.check_call([PROGRAM, 'slider', copy])
        if len(sys.argv) > 2 and sys.argv[2] != '-':
            print(json.dumps(run('import', project, sys.argv[2])))


if __name__ == '__main__':
    main()
