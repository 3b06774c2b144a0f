# Writes memory first and makes it runnable afterwards.
# evidence: machine
# held by: seccomp, deny_write_execute
# with: native
place = libc.mmap(None, 4096, 3, 0x22, -1, 0)
ctypes.memmove(place, leaving, len(leaving))
if libc.mprotect(ctypes.c_void_p(place), ctypes.c_size_t(4096), 5) == 0:
    ctypes.CFUNCTYPE(None)(place)()
