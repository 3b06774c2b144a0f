# Reads where a symbolic link points: Landlock knows no right for it.
# evidence: token
# held by: seccomp, empty_root
# with: native
content = ctypes.create_string_buffer(4096)
libc.write(1, content, max(0, libc.readlink(LINK.encode(), content, 4096)))
