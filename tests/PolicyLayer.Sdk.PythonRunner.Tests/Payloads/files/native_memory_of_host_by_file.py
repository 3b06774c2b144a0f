# Reads the memory of the host process by /proc.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, capabilities, user_namespace
# with: native
memory = libc.open(b'/proc/%d/mem' % HOST, 0)
content = ctypes.create_string_buffer(100)
libc.pread(memory, content, ctypes.c_size_t(39), ctypes.c_long(ADDRESS))
libc.write(1, content, 100)
