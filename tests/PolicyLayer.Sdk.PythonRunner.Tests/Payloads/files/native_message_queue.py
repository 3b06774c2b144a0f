# Takes a message from a System V queue of another process.
# evidence: token
# held by: seccomp, ipc_namespace
# with: native
message = ctypes.create_string_buffer(1008)
size = libc.msgrcv(QUEUE, message, ctypes.c_size_t(1000), ctypes.c_long(0), 0o4000)
libc.write(1, message.raw[8:], max(0, size))
