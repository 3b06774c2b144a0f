# Attaches System V shared memory of another process.
# evidence: token
# held by: seccomp, ipc_namespace
# with: native
libc.shmat.restype = ctypes.c_void_p
place = libc.shmat(SHARED, None, 0o10000)
libc.write(1, ctypes.c_void_p(place), 38)
