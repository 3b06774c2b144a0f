# Traces another process, which then ends with the tracer.
# evidence: victim
# held by: seccomp, landlock, pid_namespace, other_user, capabilities, user_namespace
# with: native
libc.ptrace(0x4206, VICTIM, ctypes.c_long(0), ctypes.c_long(1 << 20))
