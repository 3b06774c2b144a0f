# Kills every process that it may.
# evidence: supervisor
# held by: seccomp, worker_scopes, pid_namespace
# with: native
# baseline: none, it would end every process of the machine
libc.kill(-1, 9)
