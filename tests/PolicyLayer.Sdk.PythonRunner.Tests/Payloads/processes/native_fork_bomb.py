# Forks and forks.
# evidence: process
# held by: seccomp, process_limit
# with: native
for _ in range(4):
    libc.fork()
libc.usleep(300000)
libc._exit(0)
