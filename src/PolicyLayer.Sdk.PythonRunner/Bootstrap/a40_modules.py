# Modules are loaded before the lock; afterwards nothing can be.

CODECS = ('utf-16-le', 'utf-16-be', 'utf-32-le', 'unicode_escape', 'raw_unicode_escape', 'ascii', 'latin-1', 'cp1252',
          'hex', 'base64', 'rot13')

# What the language itself loads late, and what takes too long for every interpreter that waits.
SLOW = ('_pylong', 'typing') if sys.version_info >= (3, 12) else ()


def preload(names, codecs):
    if sys.version_info < (3, 10):
        names = ['_bootlocale', *names]   # asked, long after the lock, whenever text has no encoding named for it
    for name in names:
        try:
            __import__(name)
        except BaseException:
            pass   # the program's own import will say so
    if codecs:
        for name in CODECS:
            try:
                codecs_lookup(name)
            except LookupError:
                pass


def left_unloaded(names):
    # Modules that are there and were not loaded: the host gives a program that wants one an interpreter of its own.
    found = [name for name in SLOW if name not in sys.modules]
    for name in names:
        for place in getattr(sys.modules.get(name), '__path__', ()):
            try:
                stems = {entry.partition('.')[0] for entry in posix.listdir(place) if not entry.startswith('_')}
            except OSError:
                found.append(name)   # nobody knows what is in there
            else:
                found += [below for below in sorted(name + '.' + stem for stem in stems) if below not in sys.modules]
    return found
