# Imports inside eval.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit, import_gate
os = eval("__import__('os')")
os.write(1, os.read(os.open(SECRET, 0), 100))
