# Connects to a socket in the file system: Landlock knows no right for it.
# evidence: received
# held by: seccomp, empty_root
# with: native
path = STREAM.encode()
libc.connect(libc.socket(1, 1, 0), b'\x01\x00' + path + bytes(108 - len(path)), 110)
