# Sends to a socket in the file system.
# evidence: received
# held by: seccomp, empty_root
# with: native
path = DATAGRAM.encode()
libc.sendto(libc.socket(1, 2, 0), b'x', ctypes.c_size_t(1), 0, b'\x01\x00' + path + bytes(108 - len(path)), 110)
