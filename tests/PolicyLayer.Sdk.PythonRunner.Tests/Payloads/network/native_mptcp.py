# Connects by multipath TCP: Landlock knows no right for it.
# evidence: received
# held by: seccomp, network_namespace
# with: native
# needs: mptcp
libc.connect(libc.socket(2, 1, 262), bytes([2, 0, TCP >> 8, TCP & 255, 127, 0, 0, 1]) + bytes(8), 16)
