# Loads code that was compiled elsewhere.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# with: graph
marshal = importer.load_module('marshal')
code = marshal.loads(marshal.dumps(compile('print(open(SECRET).read())', 'x', 'exec')))
exec(code)
