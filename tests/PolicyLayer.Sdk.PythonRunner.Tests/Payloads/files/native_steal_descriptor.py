# Copies an open descriptor out of the host process.
# evidence: token
# held by: seccomp, landlock, pid_namespace, other_user, capabilities, user_namespace
# with: native
libc.close(0)
process = libc.syscall(434, HOST, 0)
stolen = libc.syscall(438, process, DESCRIPTOR, 0)
content = ctypes.create_string_buffer(100)
libc.write(1, content, max(0, libc.pread(stolen, content, ctypes.c_size_t(100), ctypes.c_long(0))))
