# Forks.
# evidence: process
# held by: seccomp, process_limit
# with: native
if libc.fork() == 0:
    libc.usleep(300000)
    libc._exit(0)
libc.waitpid(-1, None, 0)
