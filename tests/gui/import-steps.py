#!/usr/bin/python3
"""The steps of the import dialog: two files with the same headers, an order rule changed and counted again, the preview,
back and forth; what is imported is what was counted, and the next file of these headers is known.

usage (inside gui-session.sh): import-steps.py MARQUETRY MARQUETRY-CLI
"""
import glob
import json
import os
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from atspi import App, Missing, wait  # noqa: E402

PROGRAM, CLI = sys.argv[1:3]
FOLDER = tempfile.mkdtemp()
HEADER = 'order id,customer id,paid at,amount,status\n'
FIRST = HEADER + '1,A,2026-01-02 10:00:00,10.00,paid\n2,B,2026-01-03 10:00:00,20.00,paid\n3,C,2026-01-04 10:00:00,30.00,waiting\n4,A,2026-01-05 10:00:00,40.00,paid\n'
SECOND = HEADER + '5,D,2026-02-02 10:00:00,50.00,waiting\n6,B,2026-02-03 10:00:00,60.00,paid\n'


def make_zip():
    path = os.path.join(FOLDER, 'orders.zip')
    with zipfile.ZipFile(path, 'w') as archive:
        archive.writestr('january.csv', FIRST)
        archive.writestr('february.csv', SECOND)
    return path


def headline(valid, unpaid, revenue, rows=2):
    return '%d rows: %d valid orders, %d never paid, 0 fully refunded, revenue %s' % (rows, valid, unpaid, revenue)


def step_files(app):
    """A zip is a folder; its files share a mapping."""
    app.find('Import 2 Files')
    app.find('The same headers: one mapping for all of them.')


def step_rules(app):
    """The rules are counted on the first file: February's, by name."""
    app.find('_Next Next', 'button').click()
    app.find('_Next Next', 'button').click()
    app.find(headline(2, 0, '110.00'), timeout=60)
    row = app.find('waiting', 'combo box')
    app.tab_to(lambda: row)
    items = len(list(app.find_all(role='list item')))
    app.key('Return')
    wait(lambda: len(list(app.find_all(role='list item'))) > items, 'the list of meanings')
    app.key('Down')
    app.key('Return')
    app.find(headline(1, 1, '60.00'), timeout=60)


def step_preview(app):
    app.find('_Next Next', 'button').click()
    app.find('of the first 2 rows; line 2 of the file')


def step_import(app):
    app.find('_Import Import', 'button').click()
    app.find('Imported', timeout=60)
    app.find('_Close Close', 'button').click()
    wait(lambda: len(app.windows()) == 1, 'the dialog closed')
    path = glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'marquetry', 'projects', '*.marquetry'))[0]
    tables = json.loads(subprocess.check_output([CLI, 'info', path, '--format', 'json'], text=True))['tables']
    found = {row['measure']: row['value'] for row in tables['orders']}
    assert (found['valid_orders'], found['unpaid'], found['net']) == ('4', '2', '130.00'), found


def step_learnt(app):
    """The mapping with its statuses was kept for these headers."""
    kept = glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'marquetry', 'mappings', '*.mapping'))
    assert len(kept) == 1, kept
    target = os.path.join(FOLDER, 'again.marquetry')
    source = os.path.join(FOLDER, 'march.csv')
    with open(source, 'w') as out:
        out.write(SECOND)
    subprocess.check_call([CLI, '--quiet', 'import', target, source, '--mapping', kept[0]], stdout=subprocess.DEVNULL)
    tables = json.loads(subprocess.check_output([CLI, 'info', target, '--format', 'json'], text=True))['tables']
    found = {row['measure']: row['value'] for row in tables['orders']}
    assert (found['valid_orders'], found['unpaid']) == ('1', '1'), found
    app.key('ctrl+q')
    assert app.process.wait(20) == 0


def main():
    app = App([PROGRAM, make_zip()], {'G_DEBUG': 'fatal-criticals'})
    steps = [step_files, step_rules, step_preview, step_import, step_learnt]
    print('1..%d' % len(steps))
    for number, step in enumerate(steps, 1):
        try:
            step(app)
        except (Missing, AssertionError, RuntimeError, OSError) as error:
            app.shot(os.path.join(os.environ.get('MESON_BUILD_ROOT', FOLDER), 'import-steps-%s.png' % step.__name__))
            print('not ok %d %s' % (number, step.__name__))
            print('# %s' % str(error).replace('\n', '\n# '))
            app.close()
            return 1
        print('ok %d %s' % (number, step.__name__), flush=True)
    app.close()
    return 0


if __name__ == '__main__':
    sys.exit(main())
