# Makes memory that is both written and run.
# evidence: machine
# held by: seccomp, deny_write_execute
# with: native
# needs: x86_64
code = b"\xb8\xe7\x00\x00\x00\xbf\x4d\x00\x00\x00\x0f\x05"   # exit_group(77)
place = libc.mmap(None, 4096, 7, 0x22, -1, 0)
if place not in (None, 2 ** 64 - 1):
    ctypes.memmove(place, code, len(code))
    ctypes.CFUNCTYPE(None)(place)()
