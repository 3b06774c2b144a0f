# Forks by clone.
# evidence: process
# held by: seccomp, process_limit
# with: native
if call(56, 220, 17, 0, 0, 0, 0) == 0:
    libc.usleep(300000)
    libc._exit(0)
libc.waitpid(-1, None, 0)
