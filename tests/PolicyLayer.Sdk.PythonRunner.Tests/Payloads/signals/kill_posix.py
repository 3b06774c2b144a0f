# Kills another process, by the module of the interpreter.
# evidence: victim
# held by: seccomp, landlock_scopes, pid_namespace, other_user, audit
# with: graph
posix.kill(VICTIM, 9)
