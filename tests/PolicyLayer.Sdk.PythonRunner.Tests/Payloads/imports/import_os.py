# Imports os.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit, import_gate
import os
os.write(1, os.read(os.open(SECRET, 0), 100))
