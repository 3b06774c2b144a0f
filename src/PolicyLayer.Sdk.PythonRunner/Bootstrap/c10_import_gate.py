# Says "blocked" where the kernel would only say "not permitted". It explains; it is not the boundary.

def import_gate(allowed, modules, real_import, explain):
    loaded_before = {name: module.__dict__ for name, module in modules.items() if name != '__main__'}

    def is_allowed(name):
        return name in ('__main__', '__future__') or any(name == entry or name.startswith(entry + '.') or entry.startswith(name + '.') for entry in allowed)

    def is_library(scope):
        # Modules that were loaded before the lock may import what they like: it is loaded already, or it fails.
        return type(scope) is dict and loaded_before.get(scope.get('__name__')) is scope

    def gate(name, globals=None, locals=None, fromlist=(), level=0):
        if isinstance(name, str):
            name = str.__str__(name)   # a subclass could claim to equal whatever is allowed
        # C code asks with a list (datetime for _strptime); an import statement never does.
        implied = type(fromlist) is list and name in modules
        if level or type(name) is not str or implied or is_allowed(name) or is_library(globals):
            return real_import(name, globals, locals, fromlist, level)
        raise ImportError('import of %r is blocked by the sandbox%s' % (name, explain), name=name)

    gate.__name__ = gate.__qualname__ = '__import__'
    return gate


def explain_allowed(allowed):
    return ' (allowed: %s)' % ', '.join(sorted(allowed)) if allowed else ''
