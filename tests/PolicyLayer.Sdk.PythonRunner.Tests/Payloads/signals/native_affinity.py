# Binds another process to one processor.
# evidence: victim
# held by: seccomp, pid_namespace, other_user, capabilities
# with: native
libc.sched_setaffinity(VICTIM, ctypes.c_size_t(8), structure(1))
