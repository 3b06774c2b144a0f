# Imports every name of os.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit, import_gate
from posix import *
print(read(globals()['open'](SECRET, 0), 100))
