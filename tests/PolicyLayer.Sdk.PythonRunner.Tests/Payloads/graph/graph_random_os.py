# Reaches os through a module that the host allows.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: random
import random
os = random._os
os.write(1, os.read(os.open(SECRET, 0), 100))
