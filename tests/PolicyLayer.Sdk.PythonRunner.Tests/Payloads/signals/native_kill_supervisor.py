# Kills the supervisor.
# evidence: supervisor
# held by: seccomp, landlock_worker, pid_namespace
# with: native
libc.kill(libc.getppid(), 9)
libc.usleep(300000)
