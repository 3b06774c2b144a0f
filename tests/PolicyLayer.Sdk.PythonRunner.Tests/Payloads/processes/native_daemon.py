# Forks, and leaves the child behind.
# evidence: outliving
# held by: seccomp, process_limit, pid_namespace
# with: native
if libc.fork() == 0:
    libc.setsid()
    for descriptor in range(64):
        libc.close(descriptor)
    libc.sleep(60)
    libc._exit(0)
