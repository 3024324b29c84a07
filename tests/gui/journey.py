#!/usr/bin/python3
"""The main job as a person does it: open the sample, see RFM, change the map, read the figures, export a PDF; import a
file with a bad row, see why it was rejected, take the import back.

usage (inside gui-session.sh): journey.py MARQUETRY [MARQUETRY-CLI]
                               journey.py MARQUETRY --charts    instead: every chart of every page, by keyboard
The figures read from the screen must be those of the command line, to the last customer.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from gi.repository import GLib  # noqa: E402
from atspi import App, Missing, run_steps, wait  # noqa: E402

PROGRAM = sys.argv[1]
CHARTS = '--charts' in sys.argv
CLI = sys.argv[2] if len(sys.argv) > 2 and not CHARTS else None
FOLDER = tempfile.mkdtemp()


def starts(text):
    return lambda name: name.startswith(text)


def project_path():
    return glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'marquetry', 'projects', '*.marquetry'))[0]


def ask_cli(*settings):
    text = subprocess.check_output([CLI, 'rfm', project_path(), *settings, '--format', 'json'], text=True)
    return json.loads(text)['tables']


def read_tile(app, name):
    """The figure of a tile: "Customers: 1,271, with a valid order" gives "1,271"."""
    return app.find(starts(name + ': ')).name[len(name) + 2:].split(', ')[0]


def read_marks(app, title):
    """The marks of the chart whose name begins so: their names."""
    chart = app.find(title, 'list')
    return [node.name for node in chart.children() if node.role == 'list item']


def read_finding(app):
    """The title of the page's first chart."""
    charts = app.find('Charts', 'group')
    return app.find(role='list', root=charts).name


def get_bar(app, index):
    return app.find(starts('Largest segment'), 'list').children()[index]


def read_segments(app):
    """Customers by segment as the bars say them: {"Champions": 188}."""
    figures = {}
    for name in read_marks(app, starts('Largest segment')):
        segment, rest = name.split(': ', 1)
        figures[segment] = int(rest.split()[0].replace(',', ''))
    return figures


def choose(app, name, steps):
    popovers = len(list(app.find_all(role='list item')))
    app.find(name, 'combo box').children()[0].click()
    wait(lambda: len(list(app.find_all(role='list item'))) > popovers, 'the list of %s' % name)
    for _ in range(steps):
        app.key('Down')
    app.key('Return')


# What the eight classes are called on screen; machine output has the contract's names.
EIGHT = {'important value': 'High-value Champions', 'important keep': 'High-value Lapsing',
         'important develop': 'High-value Occasional', 'important retain': 'High-value One-off',
         'general value': 'Low-value Regulars', 'general keep': 'Low-value Lapsing',
         'general develop': 'Low-value Occasional', 'general retain': 'Low-value One-off'}


def check_figures(app, *settings):
    tables = ask_cli(*settings)
    totals = tables['totals'][0]
    expected = {EIGHT.get(row['segment'], row['segment']): row['customers'] for row in tables['segments']}

    def agree():
        shown = read_segments(app)
        return {name: shown.get(name, 0) for name in expected} == expected

    wait(agree, 'the segments of %s: %r' % (' '.join(settings), expected))
    assert sum(expected.values()) == totals['customers']
    assert read_tile(app, 'Customers') == '{:,}'.format(totals['customers'])
    assert read_tile(app, 'Valid orders') == '{:,}'.format(totals['orders'])


def step_sample(app):
    app.find('Open Sample Project', 'button').click()
    app.find(starts('Customers: '), timeout=120)
    if CLI:
        check_figures(app, '--map', 'eleven', '--period', '365d')


def step_map(app):
    before = read_segments(app)
    choose(app, 'Map', 1)
    wait(lambda: read_segments(app) != before, 'other segments')
    if CLI:
        check_figures(app, '--map', 'grid', '--period', '365d')
    before = read_segments(app)
    choose(app, 'Map', 1)
    wait(lambda: read_segments(app) != before, 'the eight classes')
    if CLI:
        check_figures(app, '--map', 'eight', '--period', '365d')


def step_keyboard(app):
    """A chart is one Tab stop; arrows move between its marks."""
    app.tab_to(lambda: get_bar(app, 0))
    app.key('Down')
    wait(lambda: 'focused' in get_bar(app, 1).states(), 'the second mark focused')
    app.key('End')
    last = len(read_segments(app)) - 1
    wait(lambda: 'focused' in get_bar(app, last).states(), 'the last mark focused')
    app.key('Home')
    wait(lambda: 'focused' in get_bar(app, 0).states(), 'the first mark focused again')


def step_repurchase(app):
    """The headline of the page Repurchase is the command line's."""
    go_to(app, 'Repurchase')
    text = subprocess.check_output([CLI, 'retention', project_path(), '--format', 'json'], text=True)
    share = '%.1f %%' % (100 * json.loads(text)['tables']['repurchase'][0]['share'])
    wait(lambda: read_tile(app, 'Repurchase within 90 days').replace('\u00a0', ' ') == share, 'the share %s' % share)
    go_to(app, 'RFM')


def ask_moods(*settings):
    return json.loads(subprocess.check_output([CLI, 'sentiment', project_path(), '--period', '365d', '--format', 'json', *settings], text=True))['tables']


def wait_for_moods(button, tables):
    """The Mood page shows the stock phrases and the share of negative voices of the command line."""
    stock = sum(row['comments'] for row in tables['stock'])
    app, share = button.app, 100 * next(row['share'] for row in tables['mix'] if row['label'] == 'negative')
    wait(lambda: button.get('Name') == '%d comments are stock phrases and left out' % stock, '%d stock phrases' % stock, every=0.3)
    app.find(starts('Negative: %.1f\u00a0%%, ' % share))


def add_stock_phrase(app):
    """The most frequent comment becomes a stock phrase: the figures follow at once, and go back with the change."""
    before = ask_moods('--texts')
    texts = [row['text'] for row in before['texts']]
    phrase = max(sorted(set(texts)), key=texts.count)
    button = app.find(lambda name: name.endswith('stock phrases and left out'), 'button')
    button.click()
    window = wait(lambda: next((w for w in app.windows() if w.name == 'Stock Phrases' and 'active' in w.states()), None), 'the stock phrases')
    app.find('Add a phrase', 'text box', root=window).set_text(phrase.upper())
    app.find('Apply', 'button', root=window)
    app.key('Return')
    app.find('%d comments left out' % texts.count(phrase), 'text box', root=window)
    after = ask_moods()
    assert after['stock'] != before['stock']
    wait_for_moods(button, after)
    app.key('ctrl+z')
    wait_for_moods(button, before)
    app.key('Escape')
    wait(lambda: len(app.windows()) == 1 and 'active' in app.windows()[0].states(), 'the stock phrases closed')


def choose_offer(app, setting, name):
    list(app.find_all('Choices of “%s”' % setting, 'button'))[-1].click()
    app.find(name, 'menu item').click()


def choose_one(app, setting, name):
    list(app.find_all(starts(setting + ': '), 'button'))[-1].click()
    app.find(name, 'menu item').click()
    app.find('%s: %s' % (setting, name), 'button')


def split_moods(app):
    """A field chosen from the menu splits the mix; the tile says where the share is greatest."""
    mix = ask_moods('--by', 'feedback.source')['mix']
    sizes = {group: sum(row['n'] for row in mix if row['group'] == group) for group in {row['group'] for row in mix if row['group']}}
    worst = max((row for row in mix if row['label'] == 'negative' and sizes.get(row['group'], 0) >= 30), key=lambda row: row['share'])
    choose_one(app, 'Split by', 'Source')
    app.find('Negative: %.1f\u00a0%%, most in “%s” (n = %d)' % (100 * worst['share'], worst['group'], sizes[worst['group']]))
    choose_one(app, 'Split by', 'Not Split')
    app.find(lambda name: name.startswith('Negative: ') and 'weighted' in name)


def compare_moods(app):
    """A phrase chosen from the menu is the other side of a comparison, until there is none."""
    phrase = ask_moods()['topics'][0]['phrase']
    sides = ask_moods('--compare', '"%s"' % phrase)['sides']
    share = next(row['share'] for row in sides if row['side'] == 'compared with' and row['label'] == 'negative')
    choose_offer(app, 'Compare with', phrase)
    app.find(lambda name: name.startswith('compared with') and '%.1f' % (100 * share) in name, 'list item')
    choose_offer(app, 'Compare with', 'No Comparison')
    wait(lambda: not any(True for _ in app.find_all(starts('compared with'), 'list item')), 'no comparison')


def weight_moods(app):
    """Fields to weight by are checked in a list, which stays open."""
    weighted = ask_moods('--weights', 'orders,customer.city')['weighted']
    list(app.find_all('Weighted by: Number of Orders', 'button'))[-1].click()
    app.tab_to(lambda: app.find('City', 'checkbox'))
    app.key('space')
    app.find(lambda name: name.startswith('Negative: ') and name.endswith('weighted to the base: %.1f\u00a0%%' % (100 * weighted[0]['weighted'])))
    app.key('space')
    app.find('Weighted by: Number of Orders', 'button')
    app.key('Escape')


def open_tile(app):
    """A tile opens the comments behind its figure, by Enter; they can be searched, and Escape ends first the search."""
    rows = json.loads(subprocess.check_output([CLI, 'sentiment', project_path(), '--period', '365d', '--behind', 'label=negative', '--format', 'json'], text=True))['tables']['behind']
    app.tab_to(lambda: app.find(starts('Negative: ')), 120)
    app.key('Return')
    window = wait(lambda: next((w for w in app.windows() if w.name == '%d comments' % len(rows) and 'active' in w.states()), None), '%d negative comments' % len(rows))
    word = rows[0]['text'].split()[0].strip('.,!?').lower()
    found = sum(word in row['text'].lower() for row in rows)
    app.key('ctrl+f')
    app.find('Search these comments', 'search box', root=window).set_text(word)
    wait(lambda: window.get('Name') == '%d of %d comments' % (found, len(rows)), '%d comments with “%s”' % (found, word))
    app.key('Escape')
    wait(lambda: window.get('Name') == '%d comments' % len(rows), 'all comments again')
    app.key('Escape')
    wait(lambda: len(app.windows()) == 1 and 'active' in app.windows()[0].states(), 'the comments closed')


def step_moods(app):
    go_to(app, 'Mood')
    add_stock_phrase(app)
    split_moods(app)
    compare_moods(app)
    open_tile(app)
    app.key('F9')
    weight_moods(app)
    app.key('F9')
    go_to(app, 'RFM')


def find_nameless(app):
    unnamed = ('', 'GtkToggleButton', 'GtkButton', 'GtkEntry', 'GtkDropDown')
    containers = ('group', 'widget')  # scrolled areas, the rows inside of a drop-down's button
    return [node for node in app.find_all() if node.name in unnamed and node.role not in containers and 'focusable' in node.states()]


def list_pages(app):
    return [node for node in app.find('Pages', 'list').children() if node.role == 'list item']


def go(app, number, page):
    """To the number-th page: nine have keys, any is found by its name."""
    if number <= 9:
        app.key('ctrl+%d' % number)
    else:
        app.type_in_finder(page.name)
    wait(lambda: 'selected' in page.states(), 'the page %r' % page)


def go_to(app, name):
    """To the page of that name; RFM is the one that opens first."""
    pages = list_pages(app)
    number = [page.name for page in pages].index(name)
    go(app, number + 1, pages[number])


def find_charts(app, known):
    """Charts that are not known, with their marks: lists that are no Tab stop themselves, of items that are. Pages are made when
    they are first seen, so these are the charts of the page that was opened last."""
    charts = {}
    for node in app.find_all(role='list'):
        marks = [child for child in node.children() if child.role == 'list item'] if node.path not in known else []
        if marks and 'focusable' not in node.states() and 'focusable' in marks[0].states():
            charts[node.path] = (node.name, marks)
    return charts


def wait_for_charts(app, known, timeout):
    """Of the page at rest; {} where the page has none."""
    try:
        before = wait(lambda: find_charts(app, known), 'charts', timeout)
    except Missing:
        return {}
    while True:
        time.sleep(0.3)
        charts = wait(lambda: find_charts(app, known), 'charts')
        if charts.keys() == before.keys():
            return charts
        before = charts


def walk_chart(app, title, marks):
    unnamed = [mark for mark in marks if len(mark.name) < 3]
    assert title and not unnamed, (title, unnamed)
    app.tab_to(lambda: marks[0], 80)
    app.key('End')
    wait(lambda: 'focused' in marks[-1].states(), 'the last mark of %s focused' % title)
    app.key('Home')
    wait(lambda: 'focused' in marks[0].states(), 'the first mark of %s focused again' % title)


def step_charts(app):
    """On every page every chart is reached by Tab, its marks by keys, and all of them have names."""
    pages = list_pages(app)
    known = {}
    # RFM opened with the sample: its charts are there before any other page is
    for number, page in sorted(enumerate(pages, 1), key=lambda numbered: numbered[1].name != 'RFM'):
        go(app, number, page)
        asked = page.name in ('RFM', 'Funnel', 'Repurchase', 'Events', 'Paths', 'Channels', 'Quality')
        charts = wait_for_charts(app, known, 60 if asked else 2)
        assert charts or not asked, page
        for title, marks in charts.values():
            walk_chart(app, title, marks)
        known.update(charts)
    assert len(known) >= 15, [title for title, _ in known.values()]
    go_to(app, 'RFM')


def step_names(app):
    """On every page, whatever can have the focus has a name; the finder too."""
    pages = list_pages(app)
    for number, page in enumerate(pages, 1):
        go(app, number, page)
        nameless = wait(lambda: [find_nameless(app)], 'the page %r at rest' % page)[0]
        assert not nameless, (page, nameless)
    app.key('ctrl+k')
    app.find('Page or command')
    nameless = wait(lambda: [find_nameless(app)], 'the finder at rest')[0]
    assert not nameless, nameless
    app.key('Escape')
    wait(lambda: len(app.windows()) == 1 and 'active' in app.windows()[0].states(), 'the finder closed')
    go_to(app, 'RFM')


def step_pdf(app):
    target = os.path.join(FOLDER, 'report.pdf')
    finding = read_finding(app)
    app.key('ctrl+e')
    wait(lambda: len(app.windows()) > 1, 'the file dialog')
    dialog = app.windows()[-1]
    entry = app.find(role='text box', root=dialog)
    entry.set_text(target)
    app.key('Return')
    wait(lambda: os.path.exists(target), target)
    text = subprocess.check_output(['pdftotext', '-layout', target, '-'], text=True)
    words = text.split()
    missing = [word for word in finding.split() if word not in words]
    assert not missing, (finding, text)


def go_to_report(app):
    """By the toast; on a busy machine it may have gone before it is seen."""
    try:
        app.find(starts('_Show Report'), 'button', 4).click()
    except (Missing, GLib.Error):
        pages = list_pages(app)
        go(app, len(pages), pages[-1])


def remove_and_undo(app):
    """An item is taken out and put back by the toast, as long as that stays; gone, the item is added again, and once more."""
    for _ in range(3):
        app.find('Remove from Report', 'button').click()
        try:
            app.find('_Undo Undo', 'button', 20).click()
            return
        except (Missing, GLib.Error):
            app.find('1 item')
            go_to(app, 'RFM')
            app.find('Add to Report', 'button').click()
            go_to_report(app)
            app.find('2 items')
    raise Missing('the toast that undoes was never seen')


def step_report(app):
    """Two charts go into the report; one is taken out and put back, they change places, and the PDF has both."""
    target = os.path.join(FOLDER, 'monday.pdf')
    wait(lambda: len(list(app.find_all('Add to Report', 'button'))) > 1, 'two charts')
    for button in list(app.find_all('Add to Report', 'button'))[:2]:
        button.click()
    go_to_report(app)
    app.find('2 items')
    remove_and_undo(app)
    app.find('2 items')
    first = app.find(starts('RFM: ')).name
    app.find('Move Down', 'button').click()
    wait(lambda: app.find(starts('RFM: ')).name != first, 'another first item')
    button = app.find(starts('Export P_DF'), 'button')
    wait(lambda: 'sensitive' in button.states(), 'a report to export')
    button.click()
    wait(lambda: len(app.windows()) > 1, 'the file dialog')
    app.find(role='text box', root=app.windows()[-1]).set_text(target)
    app.key('Return')
    wait(lambda: os.path.exists(target), target)
    text = subprocess.check_output(['pdftotext', '-layout', target, '-'], text=True)
    assert 'Contents' in text and 'Page 3 of 3' in text, text
    if CLI:  # the command line makes the same of the project, byte for byte
        subprocess.check_call([CLI, 'report', project_path(), '-o', target + '.pdf'])
        with open(target, 'rb') as one, open(target + '.pdf', 'rb') as two:
            assert one.read() == two.read()
    go_to(app, 'RFM')


def step_customers(app):
    """Enter on a mark opens the customers behind it."""
    segment, rest = get_bar(app, 0).name.split(': ', 1)
    count = rest.split()[0]
    app.tab_to(lambda: get_bar(app, 0))
    app.key('Return')
    app.find('%s: %s customers' % (segment, count))


def read_imports():
    """Numbers and rejected rows as the project has them; only the command line can tell while the window shows a table."""
    text = subprocess.check_output([CLI, 'imports', project_path(), '--format', 'json'], text=True)
    return [(row['number'], row['rejected']) for row in json.loads(text)['tables']['imports']]


def step_import(app):
    """A row with an impossible date is rejected; the result's page leads to the list of rejected rows."""
    source = os.path.join(FOLDER, 'orders.csv')
    with open(source, 'w') as out:
        out.write('order_id,customer_id,paid_at,amount\n')
        out.writelines('Z%d,K%d,2023-05-%02d 10:00:00,12.50\n' % (i, i, i + 1) for i in range(20))
        out.write('Z99,K99,never,12.50\n')
    app.key('ctrl+i')
    wait(lambda: len(app.windows()) > 1, 'the file dialog')
    app.key('ctrl+l')
    entry = app.find('GtkFileChooserEntry', 'text box', root=app.windows()[-1])
    wait(lambda: 'focused' in entry.states(), 'the place to write a path')
    entry.set_text(source)
    app.key('Return')
    app.find('Import “orders.csv”')
    button = app.find('_Import Import', 'button')
    wait(lambda: 'sensitive' in button.states(), 'a plan')
    button.click()
    app.find('Show Rejected Rows', 'button').click()
    app.find('Import 5: 1 rejected row')


def step_rejects(app):
    """The rejected rows go to a file with line and reason."""
    target = os.path.join(FOLDER, 'rejected.csv')
    app.find('Export Rejected Rows…', 'button').click()
    wait(lambda: len(app.windows()) > 1, 'the file dialog')
    app.find(role='text box', root=app.windows()[-1]).set_text(target)
    app.key('Return')
    wait(lambda: os.path.exists(target), target)
    with open(target) as table:
        head, row = table.read().splitlines()
    assert head == 'line,column,reason,text', head
    assert row.startswith('22,') and 'Z99' in row, row


def step_undo(app):
    if CLI:
        assert read_imports()[-1] == (5, 1), read_imports()
    app.find('_Undo Import Undo Import', 'button').click()
    app.find('4 imports')
    app.find('Import 4: 0 rejected rows')
    if CLI:
        assert [number for number, _ in read_imports()] == [1, 2, 3, 4], read_imports()
    go_to(app, 'RFM')


def step_close(app):
    app.key('ctrl+q')
    assert app.process.wait(20) == 0


def step_remember(app):
    """Opened again, the project shows the map that was chosen last."""
    again = App([PROGRAM, project_path()], {'G_DEBUG': 'fatal-criticals'})
    try:
        again.find(starts('Customers: '))
        if CLI:
            check_figures(again, '--map', 'eight', '--period', '365d')
        again.key('ctrl+q')
        assert again.process.wait(20) == 0
    finally:
        again.close()


def main():
    app = App([PROGRAM], {'G_DEBUG': 'fatal-criticals'})
    steps = [step_sample, step_charts, step_close] if CHARTS else [step_sample, step_import, step_rejects, step_undo, step_report, step_map, step_keyboard, step_repurchase, step_names, step_pdf, step_customers, step_moods,
             step_close, step_remember]
    done = run_steps(app, 'journey', steps)
    app.close()
    return 0 if done else 1


if __name__ == '__main__':
    sys.exit(main())
