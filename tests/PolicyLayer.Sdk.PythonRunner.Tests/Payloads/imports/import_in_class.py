# Imports in the body of a class.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit, import_gate
class Holder:
    import os


os = Holder.os
os.write(1, os.read(os.open(SECRET, 0), 100))
