# Connects by TCP over IPv6.
# evidence: received
# held by: seccomp, landlock_tcp, network_namespace
# with: native
libc.connect(libc.socket(10, 1, 0), bytes([10, 0, TCP6 >> 8, TCP6 & 255]) + bytes(19) + b'\x01' + bytes(4), 28)
