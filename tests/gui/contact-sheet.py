#!/usr/bin/python3
"""Every page and dialog in every face (light, dark, high contrast, Chinese, 360 px, 200 % text, right-to-left), one contact
sheet a face, to be looked at. Each face is a session of its own.

usage: tests/gui/contact-sheet.py [--tall] BUILD FOLDER [FACE… [-- SUBJECT…]]
       FOLDER gets sheet-FACE.png and each picture as FACE-SUBJECT.png. --tall: whole pages instead of what a screen shows.
       Subjects: start, each page by its id, dialogs (import, timeline, comments, finder, shortcuts, preferences, pane),
       orders (pages of a project that has orders only), empty (pages of a project without data).
       LOCALEDIR's catalogue has to be installed for the Chinese face.
"""
import gettext
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WIDE, NARROW = (1180, 760), (360, 760)
FACES = {
    'light': (WIDE, {}),
    'dark': (WIDE, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'contrast': (WIDE, {'ADW_DEBUG_HIGH_CONTRAST': '1'}),
    'chinese': (WIDE, {'LANG': 'zh_CN.UTF-8', 'LC_ALL': 'zh_CN.UTF-8', 'SAMPLE': 'shop-zh'}),
    'narrow': (NARROW, {}),
    'large': (WIDE, {'XFT_DPI': '192'}),
    'rtl': (WIDE, {'GTK_DEBUG': 'invert-text-dir'}),
}
ORDERS = 'order id,customer id,paid at,amount,status\n'
SENSITIVE = ('guide', 'funnel', 'events', 'attribution', 'sentiment', 'holdout')  # what these need is not among the orders


def list_pages():
    """Ids and titles in their order: { "rfm", N_ ("RFM") in the registry."""
    with open(os.path.join(HERE, '../../app/page-registry.c')) as source:
        return [line.split('"')[1:4:2] for line in source if line.strip().startswith('{ "')]


class Shooter:
    """Inside a session: opens projects, goes to pages and takes their pictures when nothing moves any more."""

    def __init__(self, build, folder, face, size, wanted):
        self.build, self.folder, self.face, self.size, self.wanted = build, folder, face, size, wanted
        self.sample = os.environ.get('SAMPLE', 'shop-en')
        self._ = gettext.translation('marquetry', '/usr/local/share/locale', [os.environ.get('LANG', 'C').split('.')[0]],
                                     fallback=True).gettext
        self.app = None

    def path(self, subject):
        return os.path.join(self.folder, '%s-%s.png' % (self.face, subject))

    def wants(self, *subjects):
        return not self.wanted or any(subject in self.wanted for subject in subjects)

    def open(self, *arguments):
        from atspi import App
        self.app = App([os.path.join(self.build, 'app/marquetry'), *arguments])
        self.app.key('alt+F10')  # the window manager's: as large as the screen
        self.rest()

    def rest(self):
        """Until four pictures half a second apart are the same: without animations a spinner stands still too."""
        before, same = None, 0
        for _ in range(60):
            time.sleep(0.5)
            now = subprocess.check_output(['import', '-window', 'root', 'rgb:-'])
            same = same + 1 if now == before else 0
            if same == 3:
                return
            before = now

    def shot(self, subject):
        subprocess.call(['xdotool', 'mousemove', str(self.size[0] - 1), str(self.size[1] - 1)])
        self.rest()
        self.app.shot(self.path(subject))

    def go(self, title):
        """By the finder, as nine pages only have keys."""
        self.app.key('ctrl+k')
        self.app.find(self._('Page or command')).set_text(self._(title))
        time.sleep(0.3)
        self.app.key('Return')
        time.sleep(0.5)

    def pages(self, prefix='', ids=None):
        for page, title in list_pages():
            if (ids is None or page in ids) and self.wants(page, prefix.rstrip('-')):
                self.go(title)
                self.shot(prefix + page)

    def dialogs(self):
        for key, name in (('ctrl+k', 'finder'), ('ctrl+question', 'shortcuts'), ('ctrl+comma', 'preferences')):
            if self.wants(name):
                self.app.key(key)
                time.sleep(0.5)
                self.shot(name)
                self.app.key('Escape')
        if self.wants('pane'):
            self.go('Repurchase')
            self.app.key('F9')
            self.shot('pane')
        if self.wants('timeline'):
            self.go('Customers')
            self.timeline()

        if self.wants('comments'):
            self.go('Mood')
            self.comments()

    def comments(self):
        """Those behind the first tile, searched."""
        self.app.tab_to(lambda: self.app.find(lambda name: name.startswith(self._('Negative')) and '%' in name), 120)
        self.app.key('Return')
        time.sleep(1)
        self.app.key('ctrl+f')
        self.app.find(self._('Search these comments'), 'search box').set_text('delivery OR late OR 物流 OR 客服')
        self.shot('comments')
        self.app.key('Escape')
        self.app.key('Escape')

    def timeline(self):
        """Of the customer in the first row that a click finds."""
        x, y, width, height = self.app.find(role='tree grid').extents()
        subprocess.call(['xdotool', 'mousemove', str(x + width // 3), str(y + 90), 'click', '1'])
        time.sleep(0.3)
        self.app.key('Return')
        self.shot('timeline')

    def steps(self, source):
        """The import dialog of a file: each step. No window manager narrows a dialog that is wider than the screen."""
        self.open(source)
        dialog = subprocess.check_output(['xdotool', 'search', '--sync', '--onlyvisible', '--name', os.path.basename(source)], text=True).split()[0]
        if self.size == NARROW:
            subprocess.check_call(['xdotool', 'windowsize', '--sync', dialog, str(self.size[0]), str(self.size[1]), 'windowmove', dialog, '0', '0'])
        self.shot('import-1')
        for step in 2, 3, 4:
            self.app.find(lambda name: name.split(' ')[-1] == self._('_Next').replace('_', '').split('(')[0] or name.startswith(self._('_Next')), 'button').click()
            self.shot('import-%d' % step)
        self.app.find(lambda name: name.startswith(self._('_Import')), 'button').click()
        time.sleep(1)
        self.shot('import-5')
        self.app.close()

    def cli(self, *arguments):
        subprocess.call([os.path.join(self.build, 'app/cli/marquetry-cli'), '--quiet', *arguments], stdout=subprocess.DEVNULL)

    def make(self, name, *arguments):
        path = os.path.join(self.folder, name)
        if not os.path.exists(path):
            self.cli(*(path if argument == 'PROJECT' else argument for argument in arguments))
        return path

    def write_orders(self):
        path = os.path.join(self.folder, 'orders.csv')
        with open(path, 'w') as out:
            out.write(ORDERS)
            out.writelines('%d,C%d,2026-%02d-%02d 10:00:00,%d.50,%s\n' % (i, i % 37, 1 + i % 6, 1 + i % 28, 10 + i % 90, 'waiting' if i % 11 == 0 else 'paid') for i in range(240))
            out.write('999,C9,never,12.50,paid\n')
        return path

    def shoot(self):
        if 'XFT_DPI' in os.environ:
            subprocess.check_call(['xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER',
                                   'Xft.dpi:\t%s\n' % os.environ['XFT_DPI']])
        if self.wants('start'):
            self.open()
            self.shot('start')
            self.app.close()
        ids = [page for page, _ in list_pages()]
        if self.wants(*ids, 'finder', 'shortcuts', 'preferences', 'pane', 'timeline', 'comments'):
            self.open(self.make(self.sample + '.marquetry', 'sample', self.sample, 'PROJECT'))
            self.pages()
            self.dialogs()
            self.app.close()
        orders = self.write_orders()
        if self.wants('import'):
            self.steps(orders)
        if self.wants('orders'):
            self.open(self.make('orders.marquetry', 'import', 'PROJECT', orders, '--as', 'orders'))
            self.pages('orders-', SENSITIVE)
            self.app.close()
        if self.wants('empty'):
            empty = self.make('empty.marquetry', 'import', 'PROJECT', orders, '--as', 'orders')
            self.cli('undo', empty, '1')
            self.open(empty)
            self.pages('empty-')
            self.app.close()


def session(size, env, *command):
    subprocess.call([os.path.join(HERE, 'gui-session.sh'), '-s', '%dx%d' % size, '-t', '900', '--', 'env',
                     *('%s=%s' % item for item in env.items()), *command])


def make_sheet(folder, face, size):
    shots = [os.path.join(folder, name) for name in os.listdir(folder) if name.startswith(face + '-') and name.endswith('.png')]
    shots.sort(key=os.path.getmtime)
    font = subprocess.check_output(['fc-match', '-f', '%{file}', 'sans'], text=True)
    if shots:
        subprocess.check_call(['/usr/bin/montage', '-font', font, '-label', '%t', *shots, '-tile', '%dx' % (2400 // (size[0] // 2)), '-geometry', '%dx+4+4' % (size[0] // 2),
                               '-background', '#cccccc', os.path.join(folder, 'sheet-%s.png' % face)])


def main():
    arguments = sys.argv[1:]
    if arguments[0] == '--shoot':
        Shooter(arguments[1], arguments[2], arguments[3], tuple(int(n) for n in arguments[4].split('x')), arguments[5:]).shoot()
        return
    tall = arguments[0] == '--tall'
    arguments = arguments[tall:]
    split = arguments.index('--') if '--' in arguments else len(arguments)
    build, folder = os.path.abspath(arguments[0]), os.path.abspath(arguments[1])
    os.makedirs(folder, exist_ok=True)
    for face in arguments[2:split] or list(FACES):
        size, env = FACES[face]
        size = (size[0], 2000) if tall else size
        with tempfile.TemporaryDirectory() as work:
            session(size, env, '/usr/bin/python3', os.path.abspath(__file__), '--shoot', build, work, face, '%dx%d' % size, *arguments[split + 1:])
            for name in sorted(os.listdir(work)):
                if name.endswith('.png'):
                    subprocess.check_call(['cp', '-p', os.path.join(work, name), folder])
        make_sheet(folder, face, size)


if __name__ == '__main__':
    main()
