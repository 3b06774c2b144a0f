# Starts a thread.
# evidence: process
# held by: seccomp, process_limit
# with: native
thread = ctypes.c_void_p()
libc.pthread_create(ctypes.byref(thread), None, ctypes.cast(libc.usleep, ctypes.c_void_p), ctypes.c_void_p(300000))
libc.usleep(200000)
