# Connects by TCP.
# evidence: received
# held by: seccomp, landlock_tcp, network_namespace
# with: native
libc.connect(libc.socket(2, 1, 0), bytes([2, 0, TCP >> 8, TCP & 255, 127, 0, 0, 1]) + bytes(8), 16)
