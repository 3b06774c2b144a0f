# Imports inside exec with a scope of its own.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit, import_gate
scope = {}
exec('import os', scope)
os = scope['os']
os.write(1, os.read(os.open(SECRET, 0), 100))
