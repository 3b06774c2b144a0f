# Reaches sys through collections.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: collections
import collections
posix = collections._sys.modules['posix']
posix.write(1, posix.read(posix.open(SECRET, 0), 100))
