# Kills every process that it may.
# evidence: supervisor
# held by: seccomp, landlock_worker, pid_namespace
# with: native
# baseline: none, it would end every process of the machine
libc.kill(-1, 9)
