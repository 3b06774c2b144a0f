# Blocks every signal in native code.
# evidence: unstoppable
# held by: timer
# with: native
# baseline: bare
libc.sigprocmask(0, structure(-1, *[-1] * 15), None)
while True:
    pass
