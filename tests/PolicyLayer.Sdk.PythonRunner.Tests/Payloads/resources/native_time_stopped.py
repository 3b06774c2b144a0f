# Stops itself.
# evidence: unstoppable
# held by: timer
# with: native
# baseline: bare
libc.kill(libc.getpid(), 19)
while True:
    pass
