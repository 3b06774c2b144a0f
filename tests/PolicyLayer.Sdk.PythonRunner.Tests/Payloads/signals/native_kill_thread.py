# Kills another process by one of its threads.
# evidence: victim
# held by: seccomp, landlock_scopes, pid_namespace, other_user
# with: native
call(234, 131, VICTIM, VICTIM, 9)
