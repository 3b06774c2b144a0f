# Sends a signal with a value.
# evidence: victim
# held by: seccomp, landlock_scopes, pid_namespace, other_user
# with: native
libc.sigqueue(VICTIM, 9, None)
