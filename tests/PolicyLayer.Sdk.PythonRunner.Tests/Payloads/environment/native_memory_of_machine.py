# Asks how much memory the machine has.
# evidence: token
# held by: seccomp
# with: native
facts = ctypes.create_string_buffer(200)
libc.sysinfo(facts)   # TOTAL
print(int.from_bytes(facts.raw[32:40], 'little') * int.from_bytes(facts.raw[104:108], 'little') // 1024, flush=True)
