#!/usr/bin/python3
"""The steps of the import dialog: two files with the same headers, an order rule changed and counted again, the preview, the
mapping saved to a file and opened from it; what is imported is what was counted, and the next file of these headers is known.
Then what was copied elsewhere is pasted, and a rejected row corrected and imported alone.

usage (inside gui-session.sh): import-steps.py MARQUETRY MARQUETRY-CLI
MQ_SHOTS=FOLDER keeps pictures of what is seen on the way.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gi.repository import GLib  # noqa: E402
from atspi import App, Missing, run_steps, wait  # noqa: E402

PROGRAM, CLI = sys.argv[1:3]
SHOTS = os.environ.get('MQ_SHOTS')
FOLDER = tempfile.mkdtemp()
MAPPING = os.path.join(FOLDER, 'shop.mapping')
HEADER = 'order id,customer id,paid at,amount,status\n'
FIRST = HEADER + '1,A,2026-01-02 10:00:00,10.00,paid\n2,B,2026-01-03 10:00:00,20.00,paid\n3,C,2026-01-04 10:00:00,30.00,waiting\n4,A,2026-01-05 10:00:00,40.00,paid\n'
SECOND = HEADER + '5,D,2026-02-02 10:00:00,50.00,waiting\n6,B,2026-02-03 10:00:00,60.00,paid\n'


PASTED = HEADER.replace(',', '\t') + ''.join('%d\tE%d\t2026-03-%02d 10:00:00\t5.00\tpaid\n' % (n, n, n) for n in range(7, 21)) + '21\tF\tnever\t80.00\tpaid\n'


def shoot(app, name):
    if SHOTS:
        time.sleep(1)
        app.shot(os.path.join(SHOTS, name + '.png'))


def make_zip():
    path = os.path.join(FOLDER, 'orders.zip')
    with zipfile.ZipFile(path, 'w') as archive:
        archive.writestr('january.csv', FIRST)
        archive.writestr('february.csv', SECOND)
    return path


def headline(valid, unpaid, refunded, revenue):
    return '6 rows: %d valid orders, %d never paid, %d fully refunded, revenue %s' % (valid, unpaid, refunded, revenue)


def project_path():
    return glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'marquetry', 'projects', '*.marquetry'))[0]


def ask_cli(path, *command):
    return json.loads(subprocess.check_output([CLI, command[0], path, *command[1:], '--format', 'json'], text=True))['tables']


def count_orders(path):
    found = {row['measure']: row['value'] for row in ask_cli(path, 'info')['orders']}
    return found['valid_orders'], found['unpaid'], found['net']


def click(app, name):
    """The button, when it can be pressed."""
    wait(lambda: any('sensitive' in node.states() for node in app.find_all(name, 'button')), 'the button %r to be pressed' % name, 60)
    app.find(name, 'button').click()


def choose_file(app, path):
    wait(lambda: len(app.windows()) > 2, 'the file dialog')
    app.key('ctrl+l')
    entry = app.find(role='text box', root=app.windows()[-1])
    wait(lambda: 'focused' in entry.states(), 'the place to write a path')
    entry.set_text(path)
    press_until(app, 'Return', lambda: len(app.windows()) == 2, 'the file dialog closed')


def press_until(app, key, probe, what):
    """The file chooser swallows the key while it looks a path up."""
    for _ in range(5):
        app.key(key)
        try:
            return wait(probe, what, 4)
        except Missing:
            pass
    raise Missing(what)


def close_dialog(app):
    app.find('Imported')
    click(app, '_Close Close')
    wait(lambda: len(app.windows()) == 1 and 'active' in app.windows()[0].states(), 'the dialog closed')


def choose_meaning(app, key):
    row = app.find('waiting', 'combo box')
    app.tab_to(lambda: row)
    items = len(list(app.find_all(role='list item')))
    app.key('Return')
    wait(lambda: len(list(app.find_all(role='list item'))) > items, 'the list of meanings')
    app.key(key, 'Return')
    wait(lambda: len(list(app.find_all(role='list item'))) == items, 'the list of meanings closed')


def step_files(app):
    """A zip is a folder; its files share a mapping."""
    app.find('Import 2 Files')
    app.find('The same headers: one mapping for all of them.')


def step_rules(app):
    """The rules are counted on all files together."""
    click(app, '_Next Next')
    click(app, '_Next Next')
    app.find(headline(6, 0, 0, '210.00'))
    choose_meaning(app, 'Down')
    app.find(headline(4, 2, 0, '130.00'))
    shoot(app, 'rules')


def step_mapping(app):
    """All that is settled goes to a file; opened again, it undoes what was changed since."""
    app.find('Columns', 'tab').click()
    click(app, 'Save Mapping…')
    wait(lambda: len(app.windows()) > 2, 'the file dialog')
    app.find(role='text box', root=app.windows()[-1]).set_text(MAPPING)
    app.key('Return')
    wait(lambda: os.path.exists(MAPPING), MAPPING)
    with open(MAPPING) as file:
        text = file.read()
    assert 'waiting=unpaid' in text and 'amount=amount' in text, text
    wait(lambda: len(app.windows()) == 2, 'the file dialog closed')
    with open(MAPPING, 'w') as file:
        file.write(text.replace('waiting=unpaid', 'waiting=refunded'))
    click(app, 'Open Mapping…')
    choose_file(app, MAPPING)
    app.find('Order Rules', 'tab').click()
    app.find(headline(4, 0, 2, '130.00'))
    with open(MAPPING, 'w') as file:
        file.write(text)
    app.find('Columns', 'tab').click()
    app.find('Open Mapping…', 'button')
    shoot(app, 'columns')
    click(app, 'Open Mapping…')
    choose_file(app, MAPPING)
    app.find('Order Rules', 'tab').click()
    app.find(headline(4, 2, 0, '130.00'))


def step_preview(app):
    click(app, '_Next Next')
    app.find('of the first 2 rows; line 2 of the file')
    shoot(app, 'preview')


def step_import(app):
    click(app, '_Import Import')
    close_dialog(app)
    assert count_orders(project_path()) == ('4', '2', '130.00'), count_orders(project_path())


def step_learnt(app):
    """The mapping with its statuses was kept for these headers."""
    kept = glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'marquetry', 'mappings', '*.mapping'))
    assert len(kept) == 1, kept
    target = os.path.join(FOLDER, 'again.marquetry')
    source = os.path.join(FOLDER, 'march.csv')
    with open(source, 'w') as out:
        out.write(SECOND)
    subprocess.check_call([CLI, '--quiet', 'import', target, source, '--mapping', kept[0]], stdout=subprocess.DEVNULL)
    assert count_orders(target)[:2] == ('1', '1'), count_orders(target)


def open_paste(app):
    app.type_in_finder('Paste data')
    return app.find('Paste Data', 'text box')


def read_text(app, node):
    return app.call(node.path, 'Text', 'GetText', GLib.Variant('(ii)', (0, node.get('CharacterCount', 'Text'))))[0]


def step_paste(app):
    """What was copied is in the dialog at once, is known by its headers, and its bad row is rejected."""
    app.call(open_paste(app).path, 'EditableText', 'SetTextContents', GLib.Variant('(s)', (PASTED,)))
    app.key('ctrl+a', 'ctrl+c', 'Escape')
    wait(lambda: len(app.windows()) == 1 and 'active' in app.windows()[0].states(), 'the dialog closed')
    view = open_paste(app)
    wait(lambda: read_text(app, view) == PASTED, 'what was copied, not %r' % read_text(app, view))
    shoot(app, 'paste')
    click(app, '_Next Next')
    app.find('Import “pasted.txt”')
    click(app, '_Import Import')
    app.find('Imported')
    click(app, 'Show Rejected Rows')
    app.find('Import 3: 1 rejected row')
    wait(lambda: len(app.windows()) == 1 and 'active' in app.windows()[0].states(), 'the dialog closed')
    assert count_orders(project_path()) == ('18', '2', '200.00'), count_orders(project_path())


def step_correct(app):
    """The rejected row comes under its header, is corrected and imported alone."""
    click(app, lambda name: 'Correct and Import' in name)
    view = app.find('Correct Rejected Rows', 'text box')
    text = read_text(app, view)
    assert text.startswith('order id') and 'never' in text and len(text.splitlines()) == 2, text
    app.call(view.path, 'EditableText', 'SetTextContents', GLib.Variant('(s)', (text.replace('never', '2026-03-03 10:00:00'),)))
    shoot(app, 'correct')
    click(app, '_Next Next')
    click(app, '_Import Import')
    close_dialog(app)
    assert count_orders(project_path()) == ('19', '2', '280.00'), count_orders(project_path())
    rejected = [row['rejected'] for row in ask_cli(project_path(), 'imports')['imports']]
    assert rejected == [0, 0, 1, 0], rejected
    app.key('ctrl+q')
    assert app.process.wait(20) == 0


def main():
    app = App([PROGRAM, make_zip()], {'G_DEBUG': 'fatal-criticals'})
    steps = [step_files, step_rules, step_mapping, step_preview, step_import, step_learnt, step_paste, step_correct]
    done = run_steps(app, 'import-steps', steps)
    app.close()
    return 0 if done else 1


if __name__ == '__main__':
    sys.exit(main())
