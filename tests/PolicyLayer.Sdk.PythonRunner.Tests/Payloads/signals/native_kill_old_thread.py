# Kills another process by tkill.
# evidence: victim
# held by: seccomp, landlock_scopes, pid_namespace, other_user
# with: native
call(200, 130, VICTIM, 9)
