# Becomes another program by execveat.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
# needs: x86_64
libc.syscall(322, -100, b'/bin/mkdir', (ctypes.c_char_p * 3)(b'mkdir', (OPEN + '/made').encode(), None), None, 0)
