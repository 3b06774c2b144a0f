# Makes memory that is both written and run.
# evidence: machine
# held by: seccomp, deny_write_execute
# with: native
place = libc.mmap(None, 4096, 7, 0x22, -1, 0)
if place not in (None, 2 ** 64 - 1):
    ctypes.memmove(place, leaving, len(leaving))
    ctypes.CFUNCTYPE(None)(place)()
