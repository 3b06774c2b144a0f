# Reads an extended attribute of a file: Landlock knows no right for it.
# evidence: token
# held by: seccomp, empty_root, other_user
# with: native
content = ctypes.create_string_buffer(100)
libc.getxattr(SECRET.encode(), b'user.token', content, 100)
libc.write(1, content.value, len(content.value))
