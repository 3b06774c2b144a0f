# Climbs from an exception to the frames of the bootstrap and takes its functions.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
try:
    1 / 0
except ZeroDivisionError as error:
    frame = error.__traceback__.tb_frame
while frame:
    for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
        module = getattr(value, '__self__', None)
        if type(value).__name__ == 'builtin_function_or_method' and hasattr(module, 'pread'):
            module.write(1, module.read(module.open(SECRET, 0), 100))
            frame = None
            break
    frame = frame and frame.f_back
