# Kills the supervisor.
# evidence: supervisor
# held by: seccomp, worker_scopes, pid_namespace
# with: native
libc.kill(libc.getppid(), 9)
libc.usleep(300000)
