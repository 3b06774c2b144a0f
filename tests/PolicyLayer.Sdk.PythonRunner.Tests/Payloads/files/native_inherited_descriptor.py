# Reads from a descriptor that the host left open.
# evidence: token
# held by: seccomp, closed_descriptors
# with: native
content = ctypes.create_string_buffer(100)
libc.write(1, content, max(0, libc.pread(DESCRIPTOR, content, ctypes.c_size_t(100), ctypes.c_long(0))))
