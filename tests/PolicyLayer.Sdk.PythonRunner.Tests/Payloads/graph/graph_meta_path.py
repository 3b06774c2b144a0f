# Asks the finders of the import system.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# with: graph
spec = sys.meta_path[0].find_spec('posix')
module = spec.loader.create_module(spec)
print(sys.modules['posix'] is module or module.open)
module.write(1, module.read(module.open(SECRET, 0), 100))
