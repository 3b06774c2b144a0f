# Writes memory first and makes it runnable afterwards.
# evidence: machine
# held by: seccomp, deny_write_execute
# with: native
# needs: x86_64
code = b"\xb8\xe7\x00\x00\x00\xbf\x4d\x00\x00\x00\x0f\x05"   # exit_group(77)
place = libc.mmap(None, 4096, 3, 0x22, -1, 0)
ctypes.memmove(place, code, len(code))
if libc.mprotect(ctypes.c_void_p(place), ctypes.c_size_t(4096), 5) == 0:
    ctypes.CFUNCTYPE(None)(place)()
