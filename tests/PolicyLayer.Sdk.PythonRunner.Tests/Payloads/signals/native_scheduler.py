# Gives another process the policy of the idle.
# evidence: victim
# held by: seccomp, pid_namespace, other_user, capabilities
# with: native
libc.sched_setscheduler(VICTIM, 5, structure(0))
