"""Drives a GTK 4 program from outside, as assistive technology does: AT-SPI spoken over plain D-Bus.

Needs python3-gi only: libatspi's synchronous calls can dead-lock when events arrive. Runs inside gui-session.sh.
GTK 4.8: no "showing" state below the window, so search inside a named page; widgets are announced lazily, so the tree is
walked; positions are window coordinates.
"""
import os
import subprocess
import tempfile
import time

from gi.repository import Gio, GLib

PREFIX = 'org.a11y.atspi.'
ROOT = '/org/a11y/atspi/accessible/root'
STATES = {1: 'active', 3: 'busy', 4: 'checked', 7: 'editable', 8: 'enabled', 11: 'focusable', 12: 'focused',
          23: 'selected', 24: 'sensitive', 25: 'showing', 30: 'visible'}


class Missing(AssertionError):
    pass


def wait(probe, what, timeout=60.0, every=0.05):
    """The first true answer of probe; what has gone away meanwhile counts as not there yet."""
    end = time.monotonic() + timeout
    while True:
        try:
            answer = probe()
        except (GLib.Error, Missing):
            answer = None
        if answer:
            return answer
        if time.monotonic() > end:
            raise Missing('timed out after %gs waiting for %s' % (timeout, what))
        time.sleep(every)


class Node:
    def __init__(self, app, path):
        self.app, self.path = app, path
        self.role = app.call(path, 'Accessible', 'GetRoleName')[0]
        self.name = self.get('Name')

    def get(self, prop, interface='Accessible'):
        args = GLib.Variant('(ss)', (PREFIX + interface, prop))
        return self.app.call(self.path, None, 'Get', args)[0]

    def children(self):
        return [Node(self.app, path) for _, path in self.app.call(self.path, 'Accessible', 'GetChildren')[0]]

    def states(self):
        low, high = self.app.call(self.path, 'Accessible', 'GetState')[0]
        return {name for bit, name in STATES.items() if (low | high << 32) >> bit & 1}

    def actions(self):
        count = self.get('NActions', 'Action')
        return [self.app.call(self.path, 'Action', 'GetName', GLib.Variant('(i)', (i,)))[0] for i in range(count)]

    def click(self):
        index = self.actions().index('click')
        if not self.app.call(self.path, 'Action', 'DoAction', GLib.Variant('(i)', (index,)))[0]:
            raise AssertionError('refused: %r' % self)

    def set_text(self, text):
        assert self.app.call(self.path, 'EditableText', 'SetTextContents', GLib.Variant('(s)', (text,)))[0]

    def extents(self):
        return self.app.call(self.path, 'Component', 'GetExtents', GLib.Variant('(u)', (1,)))[0]

    def placed(self):
        """Has been given a place on screen; GTK 4.8 cannot tell more."""
        if 'visible' not in self.states():
            return False
        try:
            _, _, width, height = self.extents()
        except GLib.Error:
            return True  # a GtkStackPage has no Component
        return width > 0 and height > 0

    def __repr__(self):
        return '<%s %r>' % (self.role, self.name)


class App:
    PRUNE = {'tree grid', 'table'}  # exposes every bound row

    def __init__(self, argv, env=None):
        self.process = subprocess.Popen(argv, env={**os.environ, **(env or {})})
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0, 20000,
                                    None).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.name = wait(self._find_name, 'the program on the accessibility bus')
        self.root = Node(self, ROOT)
        wait(lambda: any(w.extents()[2] > 0 for w in self.windows()), 'a window')
        wait(lambda: any('active' in w.states() for w in self.windows()), 'an active window')

    def raw(self, name, path, interface, method, args=None):
        return self.bus.call_sync(name, path, interface, method, args, None, 0, 20000, None).unpack()

    def call(self, path, interface, method, args=None):
        return self.raw(self.name, path, PREFIX + interface if interface else 'org.freedesktop.DBus.Properties', method, args)

    def _find_name(self):
        if self.process.poll() is not None:
            raise RuntimeError('the program ended with %s' % self.process.returncode)
        for name, _ in self.raw('org.a11y.atspi.Registry', ROOT, PREFIX + 'Accessible', 'GetChildren')[0]:
            if 'MQ_GUI_NAME' in os.environ:  # a sandbox has a proxy before the bus, and the proxy's process is not the program's
                args = GLib.Variant('(ss)', (PREFIX + 'Accessible', 'Name'))
                if self.raw(name, ROOT, 'org.freedesktop.DBus.Properties', 'Get', args)[0] == os.environ['MQ_GUI_NAME']:
                    return name
                continue
            pid = self.raw('org.freedesktop.DBus', '/', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID',
                           GLib.Variant('(s)', (name,)))[0]
            if pid == self.process.pid:
                return name
        return None

    def windows(self):
        return self.root.children()

    def walk(self, root=None):
        root = root or self.root
        yield root
        if root.role in self.PRUNE:
            return
        try:
            children = root.children()
        except GLib.Error:
            return
        for child in children:
            yield from self.walk(child)

    def find_all(self, name=None, role=None, root=None):
        for node in self.walk(root):
            if role is not None and node.role != role:
                continue
            if name is not None and not (name(node.name) if callable(name) else node.name == name):
                continue
            if node.placed():
                yield node

    def find(self, name=None, role=None, timeout=60.0, root=None):
        return wait(lambda: next(self.find_all(name, role, root), None), '%s %r' % (role, name), timeout)

    def key(self, *keys):
        subprocess.check_call(['xdotool', 'key', '--clearmodifiers', *keys])

    def type_in_finder(self, words):
        """Chooses what the finder offers for the words. Keys go to the active window: it has to be the finder before they are sent."""
        wait(lambda: any('active' in w.states() for w in self.windows()), 'an active window')
        self.key('ctrl+k')
        wait(lambda: next(self.find_all('Page or command', root=next(w for w in self.windows() if 'active' in w.states())), None),
             'the finder')
        self.key(*('space' if c == ' ' else c for c in words.lower()))
        self.key('Return')

    def tab_to(self, find, limit=60):
        """Presses Tab until what find() gives has the focus: GTK 4.8 gives it to nobody over the bus."""
        for _ in range(limit):
            if 'focused' in find().states():
                return
            self.key('Tab')
            time.sleep(0.05)
        raise Missing('Tab does not reach %r' % find())

    def shot(self, path):
        subprocess.call(['import', '-window', 'root', path])

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run_steps(app, name, steps):
    """Each as a test of TAP until one fails, of which a picture NAME-STEP.png is left in the build directory. Whether all passed."""
    print('1..%d' % len(steps), flush=True)
    for number, step in enumerate(steps, 1):
        try:
            step(app)
        except (AssertionError, RuntimeError, OSError, GLib.Error) as error:
            app.shot(os.path.join(os.environ.get('MESON_BUILD_ROOT', tempfile.gettempdir()), '%s-%s.png' % (name, step.__name__)))
            print('not ok %d %s' % (number, step.__name__))
            print('# %s' % str(error).replace('\n', '\n# '))
            app.close()
            return False
        print('ok %d %s' % (number, step.__name__), flush=True)
    return True
