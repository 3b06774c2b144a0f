# Asks the kernel for the network interfaces.
# evidence: token
# held by: seccomp, network_namespace
# with: native
channel = libc.socket(16, 3, 0)   # INTERFACE
request = (20).to_bytes(4, 'little') + (18).to_bytes(2, 'little') + (0x301).to_bytes(2, 'little') + bytes(8) + bytes(4)
libc.send(channel, request, ctypes.c_size_t(20), 0)
answer = ctypes.create_string_buffer(65536)
libc.write(1, answer, max(0, libc.recv(channel, answer, ctypes.c_size_t(65536), 0)))
