# Sends a signal by a descriptor of the process.
# evidence: victim
# held by: seccomp, landlock_scopes, pid_namespace, other_user
# with: native
libc.syscall(424, libc.syscall(434, VICTIM, 0), 9, 0, 0)
