# Makes another process slower by a call that no audit event is raised for.
# evidence: victim
# held by: seccomp, pid_namespace, other_user, capabilities
# with: graph
posix.setpriority(0, VICTIM, 15)
