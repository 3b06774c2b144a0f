# Becomes a program that runs as its owner, root.
# evidence: token
# held by: seccomp, landlock, empty_root, no_new_privileges
# with: native
# needs: root
libc.execv(SUID.encode(), (ctypes.c_char_p * 3)(b'cat', SECRET.encode(), None))
