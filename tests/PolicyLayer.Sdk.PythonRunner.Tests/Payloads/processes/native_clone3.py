# Forks by clone3, which a filter cannot look into.
# evidence: process
# held by: seccomp, process_limit
# with: native
if libc.syscall(435, structure(0, 0, 0, 0, 17, 0, 0, 0), 64) == 0:
    libc.usleep(300000)
    libc._exit(0)
libc.waitpid(-1, None, 0)
