# Makes a function from text with built-ins of its own.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
scope = {'__builtins__': {'o': open, 'p': print}}
exec("p(o(" + repr(SECRET) + ", 'rb').read())", scope)
