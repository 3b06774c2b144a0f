# Stops another process.
# evidence: victim
# held by: seccomp, landlock_scopes, pid_namespace, other_user
# with: native
libc.kill(VICTIM, 19)
libc.usleep(50000)
