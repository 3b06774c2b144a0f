# Reads a key from the keyring of the host.
# evidence: token
# held by: seccomp, other_user, user_namespace
# with: native
# needs: keyring
key = call(250, 219, 10, ctypes.c_long(-4), b'user', KEY.encode(), 0)
content = ctypes.create_string_buffer(100)
libc.write(1, content, max(0, call(250, 219, 11, ctypes.c_long(key), content, ctypes.c_long(100))))
