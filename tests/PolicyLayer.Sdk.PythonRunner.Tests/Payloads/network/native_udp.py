# Sends a datagram: Landlock knows no right for it.
# evidence: received
# held by: seccomp, network_namespace
# with: native
libc.sendto(libc.socket(2, 2, 0), b'x', ctypes.c_size_t(1), 0, bytes([2, 0, UDP >> 8, UDP & 255, 127, 0, 0, 1]) + bytes(8), 16)
