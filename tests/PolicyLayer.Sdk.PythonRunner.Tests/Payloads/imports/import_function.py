# Imports by the function.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit, import_gate
os = __import__('os')
os.write(1, os.read(os.open(SECRET, 0), 100))
