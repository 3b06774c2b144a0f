# Native calls through whatever _ctypes left in the object graph; no module is imported.
def descendants(kind, seen):
    for child in type.__subclasses__(kind):
        if child not in seen:
            seen.append(child)
            descendants(child, seen)
    return seen


class Library:
    _handle = 0   # dlsym(RTLD_DEFAULT)


reached = 0
for kind in descendants(object, []):
    if kind.__name__ not in ('CFuncPtr', 'Function', '_CFuncPtr', 'PyCFuncPtr'):
        continue
    try:
        class Native(kind):
            _flags_ = 1
        call = Native(('syscall', Library()))
    except Exception as error:
        print('not built:', type(error).__name__)
        continue
    reached += 1
    for name, number, arguments in (('openat', 257, (-100, PATH.encode(), 0)), ('socket', 41, (2, 1, 0)),
                                    ('clone', 56, (17, 0, 0, 0, 0)), ('write', 1, (3, b'x', 1))):
        print(name, call(number, *arguments))
print('reached', reached)
