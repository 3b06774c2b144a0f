# Reads the processor time of another process.
# evidence: answered
# held by: seccomp, pid_namespace
# with: native
clock = ctypes.c_int((~VICTIM << 3) | 2)
libc._exit(77 if libc.clock_gettime(clock, ctypes.create_string_buffer(16)) == 0 else 0)
