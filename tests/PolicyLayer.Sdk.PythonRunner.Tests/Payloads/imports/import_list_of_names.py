# Imports as C code does, with a list of names: for what is loaded already that passes the gate.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
os = __import__('posix', None, None, ['open'], 0)
os.write(1, os.read(os.open(SECRET, 0), 100))
