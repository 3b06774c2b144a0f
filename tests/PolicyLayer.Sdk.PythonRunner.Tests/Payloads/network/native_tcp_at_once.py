# Connects by sending, without a call of connect.
# evidence: received
# held by: seccomp, network_namespace, landlock?
# with: native
libc.sendto(libc.socket(2, 1, 0), b'x', ctypes.c_size_t(1), 0x20000000, bytes([2, 0, TCP >> 8, TCP & 255, 127, 0, 0, 1]) + bytes(8), 16)
