#!/usr/bin/python3
"""The steps of a funnel by keyboard alone: words that are offered and taken, a condition, another order, one more step; the figures are
those of the command line. What cannot be read is said, and the last answer stays.

usage (inside gui-session.sh): steps.py MARQUETRY MARQUETRY-CLI
MQ_SHOTS=FOLDER keeps pictures of what is seen on the way.
"""
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gi.repository import GLib  # noqa: E402
from atspi import App, run_steps, wait  # noqa: E402

PROGRAM, CLI = sys.argv[1:3]
SHOTS = os.environ.get('MQ_SHOTS')
FOLDER = tempfile.mkdtemp()
PROJECT = os.path.join(FOLDER, 'shop.marquetry')


def make_project():
    rng = random.Random(4)
    path = os.path.join(FOLDER, 'events.csv')
    with open(path, 'w', encoding='utf-8') as f:
        f.write('customer,time,event,channel,colour\n')
        for customer in range(400):
            for _ in range(rng.choice([1, 2, 4, 8])):
                time = datetime.datetime(2024, 1, 1) + datetime.timedelta(minutes=rng.randrange(60 * 24 * 40))
                f.write('c%d,%s,%s,%s,%s\n' % (customer, time, rng.choice(['view', 'view', 'add to cart', 'buy', 'help']), rng.choice(['web', 'mail', '社群']), rng.choice(['red', 'blue', ''])))
    subprocess.check_call([CLI, '--quiet', 'import', PROJECT, path, '--as', 'events', '--currency', 'EUR', '--project-zone', 'UTC'], stdout=subprocess.DEVNULL)


def ask_cli(*steps):
    words = [word for step in steps for word in ('--step', step)]
    rows = json.loads(subprocess.check_output([CLI, 'funnel', PROJECT, *words, '--format', 'json'], text=True))['tables']['steps']
    return rows[0]['customers'], rows[-1]['customers']


def shoot(app, name):
    if SHOTS:
        app.shot(os.path.join(SHOTS, name + '.png'))


def wait_for_figures(app, *steps):
    entered, done = ('{:,}'.format(n) for n in ask_cli(*steps))
    expected = 'Entries: %s, %s did all steps' % (entered, done)
    wait(lambda: next(app.find_all(expected), None), '%r for %r, not %r' % (expected, steps, [n.name for n in app.find_all(lambda name: name.startswith('Entries'))]))


def find_step(app, number):
    return app.find('Step %d' % number, 'text box')


def read_step(app, number):
    node = find_step(app, number)
    return app.call(node.path, 'Text', 'GetText', GLib.Variant('(ii)', (0, node.get('CharacterCount', 'Text'))))[0]


def tab_to(app, node):
    app.tab_to(lambda: node, 90)


def type_text(text):
    subprocess.check_call(['xdotool', 'type', '--delay', '20', '--clearmodifiers', text])


def take_offered(app, word, downs):
    """Goes down to the word in the list and takes it."""
    wait(lambda: next((n for n in app.find_all(word, 'list item')), None), 'the offer %r' % word)
    app.key(*['Down'] * downs)
    app.key('Return')


def step_open(app):
    app.type_in_finder('Funnel')
    app.find(lambda name: name.startswith('Entries: '))
    tab_to(app, app.find('Steps', 'button'))
    app.key('space')
    find_step(app, 1)


def step_words(app):
    """A name, then a field, a comparison and a value: all offered, all taken by keys."""
    tab_to(app, find_step(app, 1))
    app.key('ctrl+a')
    type_text('vi')
    take_offered(app, 'view', 1)
    wait(lambda: read_step(app, 1) == 'view', 'the word in the entry')
    type_text('[col')
    take_offered(app, 'colour ', 1)
    take_offered(app, '= ', 1)
    shoot(app, 'values')
    take_offered(app, 'blue', 1)
    type_text(']')
    wait(lambda: read_step(app, 1) == 'view[colour = blue]', 'the condition, not %r' % read_step(app, 1))
    tab_to(app, find_step(app, 2))
    app.key('ctrl+a')
    type_text('car')
    take_offered(app, '"add to cart"', 1)
    wait(lambda: read_step(app, 2) == '"add to cart"', 'the name in quotes')
    tab_to(app, find_step(app, 3))
    app.key('ctrl+a')
    type_text('buy')
    app.key('Return')
    wait_for_figures(app, 'view[colour = blue]', '"add to cart"', 'buy')
    shoot(app, 'typed')


def step_reorder(app):
    app.key('alt+Up')
    wait(lambda: read_step(app, 2) == 'buy' and read_step(app, 3) == '"add to cart"', 'the steps exchanged')
    wait_for_figures(app, 'view[colour = blue]', 'buy', '"add to cart"')
    assert 'focused' in find_step(app, 2).states()


def step_add(app):
    tab_to(app, app.find(lambda name: 'Add Step' in name, 'button'))
    app.key('space')
    wait(lambda: 'focused' in find_step(app, 4).states(), 'the new step')
    type_text('he')
    take_offered(app, 'help', 1)
    wait_for_figures(app, 'view[colour = blue]', 'buy', '"add to cart"', 'help')


def step_mistake(app):
    """What cannot be read is said; Escape closes the list and not the page."""
    app.key('ctrl+a')
    type_text('v')
    wait(lambda: next(app.find_all('view', 'list item'), None), 'the offer')
    app.key('Escape')
    wait(lambda: not list(app.find_all('view', 'list item')), 'the list closed')
    type_text('iew[colour = ')
    app.find(lambda name: 'cannot be read at character' in name)
    shoot(app, 'mistake')
    wait_for_figures(app, 'view[colour = blue]', 'buy', '"add to cart"', 'help')
    app.key('ctrl+a')
    type_text('help')
    app.key('Escape')
    wait(lambda: not list(app.find_all(lambda name: 'cannot be read at character' in name)), 'the message gone')


def main():
    make_project()
    app = App([PROGRAM, PROJECT], {'G_DEBUG': 'fatal-criticals'})
    steps = [step_open, step_words, step_reorder, step_add, step_mistake]
    if not run_steps(app, 'steps', steps):
        return 1
    app.key('ctrl+q')
    status = app.process.wait(20)
    app.close()
    return status


if __name__ == '__main__':
    sys.exit(main())
