# Connects to a socket without a file.
# evidence: received
# held by: seccomp, landlock_scopes, network_namespace
# with: native
name = ABSTRACT.encode()
libc.connect(libc.socket(1, 1, 0), b'\x01\x00\x00' + name, 3 + len(name))
