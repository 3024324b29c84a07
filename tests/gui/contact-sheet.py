#!/usr/bin/python3
"""Every page in every face (light, dark, high contrast, Chinese, 360 px, 200 % text, right-to-left) as one picture, to be
looked at. Each face is a session of its own.

usage: tests/gui/contact-sheet.py BUILD OUT.png [FACE…]
       LOCALEDIR's catalogue has to be installed for the Chinese face.
"""
import gettext
import os
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
WIDE, NARROW = '1180x760', '360x760'
FACES = {
    'light': (WIDE, {}),
    'dark': (WIDE, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
    'contrast': (WIDE, {'ADW_DEBUG_HIGH_CONTRAST': '1'}),
    'chinese': (WIDE, {'LANG': 'zh_CN.UTF-8', 'LC_ALL': 'zh_CN.UTF-8', 'SAMPLE': 'shop-zh'}),
    '360 px': (NARROW, {}),
    '200 % text': (WIDE, {'XFT_DPI': '192'}),
    'right-to-left': (WIDE, {'GTK_DEBUG': 'invert-text-dir'}),
}
THUMB = {WIDE: '590x', NARROW: '250x'}


def session(size, env, *command):
    subprocess.check_call([os.path.join(HERE, 'gui-session.sh'), '-s', size, '-t', '180', '--', 'env',
                           *('%s=%s' % item for item in env.items()), *command])


def list_titles():
    """The pages in their order: N_ ("RFM") in the registry."""
    with open(os.path.join(HERE, '../../app/page-registry.c')) as source:
        return [line.split('"')[3] for line in source if line.strip().startswith('{ "')]


def shoot(build, folder, face):
    """Inside a session: the start page, then each page of the sample."""
    from atspi import App
    program = os.path.join(build, 'app/marquetry')
    project = os.path.join(folder, os.environ.get('SAMPLE', 'shop-en') + '.marquetry')
    if 'XFT_DPI' in os.environ:
        subprocess.check_call(['xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER',
                               'Xft.dpi:\t%s\n' % os.environ['XFT_DPI']])
    if not os.path.exists(project):
        subprocess.check_call([os.path.join(build, 'app/cli/marquetry-cli'), '--quiet', 'sample',
                               os.environ.get('SAMPLE', 'shop-en'), project])
    titles = list_titles()
    _ = gettext.translation('marquetry', '/usr/local/share/locale', [os.environ.get('LANG', 'C').split('.')[0]], fallback=True).gettext
    for arguments in [], [project]:
        app = App([program, *arguments])
        time.sleep(3)
        if not arguments:
            app.shot(os.path.join(folder, '%s-0.png' % face))
        else:
            for page in range(1, len(titles) + 1):
                if page <= 9:
                    app.key('ctrl+%d' % page)
                else:  # nine have keys; any is found by its name
                    app.key('ctrl+k')
                    app.find(_('Page or command')).set_text(_(titles[page - 1]))
                    time.sleep(0.5)
                    app.key('Return')
                time.sleep(2)
                app.shot(os.path.join(folder, '%s-%d.png' % (face, page)))
        app.close()


def main():
    if sys.argv[1] == '--shoot':
        shoot(*sys.argv[2:])
        return
    build, out = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    faces = sys.argv[3:] or list(FACES)
    pages = len(list_titles())
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for face in faces:
            size, env = FACES[face]
            session(size, env, '/usr/bin/python3', os.path.abspath(__file__), '--shoot', build, folder, face)
            row = os.path.join(folder, 'row-%s.png' % face)
            shots = [os.path.join(folder, '%s-%d.png' % (face, page)) for page in range(pages + 1)]
            subprocess.check_call(['/usr/bin/convert', *shots, '-resize', THUMB[size], '-bordercolor', '#888888', '-border', '4', '+append', row])
            rows.append(row)
        subprocess.check_call(['/usr/bin/convert', *rows, '-append', out])


if __name__ == '__main__':
    main()
