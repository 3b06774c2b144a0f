# Attaches shared memory to write and run.
# evidence: machine
# held by: seccomp, deny_write_execute
# with: native
libc.shmat.restype = ctypes.c_void_p
segment = libc.shmget(0, ctypes.c_size_t(4096), 0o1700)
place = libc.shmat(segment, None, 0o100000)
libc.shmctl(segment, 0, None)
if place not in (None, 2 ** 64 - 1):
    ctypes.memmove(place, leaving, len(leaving))
    ctypes.CFUNCTYPE(None)(place)()
