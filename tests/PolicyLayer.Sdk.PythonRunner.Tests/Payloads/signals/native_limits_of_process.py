# Lowers the limits of another process.
# evidence: victim
# held by: seccomp, pid_namespace, other_user
# with: native
libc.prlimit(VICTIM, 7, structure(3, 3), None)
