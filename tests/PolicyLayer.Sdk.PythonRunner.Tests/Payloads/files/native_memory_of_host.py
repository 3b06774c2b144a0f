# Reads the memory of the host process by process_vm_readv.
# evidence: token
# held by: seccomp, landlock, pid_namespace, other_user, capabilities, user_namespace
# with: native
content = ctypes.create_string_buffer(100)
mine, theirs = structure(ctypes.addressof(content), 39), structure(ADDRESS, 39)
libc.process_vm_readv(HOST, mine, ctypes.c_ulong(1), theirs, ctypes.c_ulong(1), ctypes.c_ulong(0))
libc.write(1, content, 100)
