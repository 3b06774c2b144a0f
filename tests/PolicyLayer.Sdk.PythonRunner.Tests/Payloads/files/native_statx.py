# Asks the same by statx.
# evidence: token
# held by: seccomp, empty_root
# with: native
facts = ctypes.create_string_buffer(256)
libc.statx(-100, SECRET.encode(), 0, 0x7ff, facts)
print(int.from_bytes(facts.raw[112:120], 'little'), flush=True)
