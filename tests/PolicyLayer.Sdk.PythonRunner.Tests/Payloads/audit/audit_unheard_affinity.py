# Binds another process to one processor by a call that no audit event is raised for.
# evidence: victim
# held by: seccomp, pid_namespace, other_user, capabilities
# with: graph
posix.sched_setaffinity(VICTIM, {0})
