# Calls the kernel as 32-bit programs do.
# evidence: machine
# held by: seccomp, deny_write_execute
# with: native
# needs: x86_64
code = b"\xb8\x01\x00\x00\x00\xbb\x4d\x00\x00\x00\xcd\x80"   # exit(77) by int 0x80
place = libc.mmap(None, 4096, 7, 0x22, -1, 0)
if place not in (None, 2 ** 64 - 1):
    ctypes.memmove(place, code, len(code))
    ctypes.CFUNCTYPE(None)(place)()
