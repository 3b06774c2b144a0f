# Takes the memory from the kernel itself.
# evidence: memory
# held by: limits
# with: native
place = libc.mmap(None, 400 << 20, 3, 0x22, -1, 0)
if place not in (None, 2 ** 64 - 1):
    ctypes.memset(place, 1, 400 << 20)
    libc.usleep(200000)
