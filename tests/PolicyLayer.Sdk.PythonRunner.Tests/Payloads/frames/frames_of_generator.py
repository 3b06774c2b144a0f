# Climbs from a running generator.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
def climb():
    frame = generator.gi_frame
    while frame:
        for value in list(frame.f_locals.values()):
            module = getattr(value, '__self__', None)
            if type(value).__name__ == 'builtin_function_or_method' and hasattr(module, 'pread'):
                yield module
        frame = frame.f_back


generator = climb()
for module in generator:
    module.write(1, module.read(module.open(SECRET, 0), 100))
    break
