# Kills the supervisor and goes on without it.
# evidence: outliving
# held by: seccomp, worker_scopes, pid_namespace, parent_death_signal
# with: native
libc.kill(libc.getppid(), 9)
libc.sleep(60)
