#!/usr/bin/python3
"""A bar of the funnel becomes a segment, and the segment filters every page; renamed, deleted, taken back.

usage (inside gui-session.sh): segments.py MARQUETRY MARQUETRY-CLI
MQ_SHOTS=FOLDER keeps pictures of what is seen on the way.
"""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gi.repository import GLib  # noqa: E402
from atspi import App, Missing, run_steps, wait  # noqa: E402

PROGRAM, CLI = sys.argv[1:3]
SHOTS = os.environ.get('MQ_SHOTS')
FOLDER = tempfile.mkdtemp()
PROJECT = os.path.join(FOLDER, 'shop.marquetry')
NAME = 'Lost 老客'


def starts(text):
    return lambda name: name.startswith(text)


def see_toast(app, name):
    """Whether it was seen: on a busy machine it may have gone before. What it tells is asked of the project."""
    try:
        return app.find(name, timeout=4)
    except (Missing, GLib.Error):
        return None


def ask_cli(*words):
    return json.loads(subprocess.check_output([CLI, *words, '--format', 'json'], text=True))['tables']


def shoot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


def get_segments():
    return [(row['segment'], row['customers']) for row in ask_cli('segment', PROJECT, 'list')['segments']]


def open_page(app, title):
    app.type_in_finder(title)
    wait(lambda: 'selected' in app.find(title, 'list item', root=app.find('Pages', 'list')).states(), 'the page %s' % title)


def step_save(app):
    """Enter on a bar: its customers; they become a segment."""
    open_page(app, 'Funnel')
    chart = app.find(lambda name: 'who entered did all steps' in name, 'list')
    app.tab_to(lambda: chart.children()[0], 90)
    app.key('End', 'Return')
    wait(lambda: len(app.windows()) > 1, 'the customers')
    shoot(app, 'customers')
    button = app.find('Save as Segment…', 'button', root=app.windows()[-1])
    button.click()
    wait(lambda: len(app.windows()) > 2, 'the question')
    app.find('Name', 'text box', root=app.windows()[-1]).set_text(NAME)
    shoot(app, 'name')
    app.key('Return')
    wait(lambda: [name for name, _ in get_segments()] == [NAME], 'the segment in the project')
    see_toast(app, starts('Segment “%s” saved' % NAME))
    wait(lambda: len(app.windows()) == 2, 'the question gone')
    customers = next(window for window in app.windows() if window.name.endswith('customers'))
    app.find('Close', 'button', root=customers).click()
    wait(lambda: len(app.windows()) == 1 and 'active' in app.windows()[0].states(), 'the customers closed')


def step_filter(app):
    """As the project bar's choice it holds on every page, with the figures of the command line."""
    everybody = ask_cli('rfm', PROJECT)['totals'][0]['customers']
    some = ask_cli('rfm', PROJECT, '--segment', NAME)['totals'][0]['customers']
    assert 0 < some < everybody, (some, everybody)
    app.find('Segment', 'combo box').children()[0].click()
    wait(lambda: next(app.find_all(NAME, 'list item'), None) or next(app.find_all(NAME), None), 'the list of segments')
    app.key('Down')
    app.key('Return')
    open_page(app, 'RFM')
    app.find(starts('Customers: {:,}'.format(some)))
    shoot(app, 'filtered')


def step_rename(app):
    """The filter follows the new name."""
    open_page(app, 'Segments')
    page = app.find('Segments', 'group')
    app.find('1 segment', root=page)
    button = app.find('_Rename… Rename…', 'button', root=page)
    wait(lambda: 'sensitive' in button.states(), 'a selected segment')
    shoot(app, 'segments')
    button.click()
    wait(lambda: len(app.windows()) > 1, 'the question')
    app.find('Name', 'text box', root=app.windows()[-1]).set_text('B')
    app.key('Return')
    wait(lambda: [name for name, _ in get_segments()] == ['B'], 'the new name')
    see_toast(app, 'Segment renamed to “B”')


def step_delete(app):
    """Deleted at once, with the way back; a filter by it ends."""
    before = get_segments()
    page = app.find('Segments', 'group')
    app.find('_Delete Delete', 'button', root=page).click()
    wait(lambda: get_segments() == [], 'no segment')
    app.find('No Segments Yet', root=page)
    if see_toast(app, 'Segment “B” deleted') is None:
        return
    try:
        wait(lambda: next(app.find_all('Segment renamed to “B”'), None) is None, 'the offer before gone')
        app.find('_Undo Undo', 'button', 4).click()
    except (Missing, GLib.Error):
        return
    wait(lambda: get_segments() == before, 'the segment again')
    app.find('1 segment', root=page)


def main():
    subprocess.check_call([CLI, '--quiet', 'sample', 'shop-en', PROJECT])
    app = App([PROGRAM, PROJECT], {'G_DEBUG': 'fatal-criticals'})
    app.find(starts('Customers: '))
    steps = [step_save, step_filter, step_rename, step_delete]
    if not run_steps(app, 'segments', steps):
        return 1
    app.key('ctrl+q')
    status = app.process.wait(20)
    app.close()
    return status


if __name__ == '__main__':
    sys.exit(main())
