"""What the tests of the command line share: a folder with the command in it, and the list of tests as TAP."""
import json, os, subprocess, sys, tempfile, traceback

CLI = os.path.abspath(sys.argv[1])


class Shell:
    """A folder of its own with the command in it."""

    def __init__(self, folder):
        self.folder = folder

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, encoding='utf-8'):
        with open(self.path(name), 'wb') as f:
            f.write(text.encode(encoding))
        return name

    def run(self, *words, status=0, stdin=None):
        # the messages are read in English, whatever translation is installed on the machine
        done = subprocess.run([CLI, *words], cwd=self.folder, input=stdin, capture_output=True, env={**os.environ, 'LANGUAGE': 'en'})
        assert done.returncode == status, 'status %d, not %d: %s\n%s' % (done.returncode, status, ' '.join(words), done.stderr.decode())
        self.stderr = done.stderr.decode()
        return done.stdout.decode()

    def json(self, *words, **kwargs):
        return json.loads(self.run(*words, '--format', 'json', **kwargs))

    def table(self, name, *words, **kwargs):
        return self.json(*words, **kwargs)['tables'][name]

    def exists(self, name):
        return os.path.exists(self.path(name))

    def bytes(self, name):
        with open(self.path(name), 'rb') as f:
            return f.read()


def run_tests(names):
    """Runs all functions test_… , each in a folder of its own."""
    tests = [(name, f) for name, f in sorted(names.items()) if name.startswith('test_')]
    print('1..%d' % len(tests))
    for i, (name, test) in enumerate(tests, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(Shell(folder))
                print('ok %d %s' % (i, name))
            except Exception:
                print('not ok %d %s' % (i, name))
                print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
        sys.stdout.flush()
