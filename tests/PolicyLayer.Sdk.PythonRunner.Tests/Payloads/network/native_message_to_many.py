# Sends several datagrams at once.
# evidence: received
# held by: seccomp, network_namespace
# with: native
place, content = ctypes.create_string_buffer(bytes([2, 0, UDP >> 8, UDP & 255, 127, 0, 0, 1]) + bytes(8)), ctypes.create_string_buffer(b'x')
parts = ctypes.create_string_buffer(structure(ctypes.addressof(content), 1))
header = structure(ctypes.addressof(place), 16, ctypes.addressof(parts), 1, 0, 0, 0, 0)
libc.sendmmsg(libc.socket(2, 2, 0), header, 1, 0)
