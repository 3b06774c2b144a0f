# Asks when a file was written: Landlock knows no right for it.
# evidence: token
# held by: seccomp, empty_root
# with: native
facts = ctypes.create_string_buffer(144)
libc.stat(SECRET.encode(), facts)
print(int.from_bytes(facts.raw[88:96], 'little'), flush=True)
