# Becomes another program.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
libc.execv(b'/bin/mkdir', (ctypes.c_char_p * 3)(b'mkdir', (OPEN + '/made').encode(), None))
