# Writes to a cell of the gate, so that it allows everything.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
for cell in getattr(__import__, '__closure__', None) or ():
    if getattr(cell.cell_contents, '__name__', '') == 'is_allowed':
        cell.cell_contents = lambda name: True
import posix
posix.write(1, posix.read(posix.open(SECRET, 0), 100))
