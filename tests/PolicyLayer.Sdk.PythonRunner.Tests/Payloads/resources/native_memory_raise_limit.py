# Raises its own limits first.
# evidence: memory
# held by: kept_limits
# with: native
libc.prlimit(0, 9, structure(-1, -1), None)
libc.prlimit(0, 2, structure(-1, -1), None)
place = libc.mmap(None, 400 << 20, 3, 0x22, -1, 0)
if place not in (None, 2 ** 64 - 1):
    ctypes.memset(place, 1, 400 << 20)
    libc.usleep(200000)
