# Becomes another program by execveat.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
call(322, 281, -100, b'/bin/mkdir', (ctypes.c_char_p * 3)(b'mkdir', (OPEN + '/made').encode(), None), None, 0)
