# Starts a program by posix_spawn.
# evidence: file
# held by: seccomp, landlock, empty_root, process_limit
# with: native
child = ctypes.c_int()
arguments = (ctypes.c_char_p * 3)(b'mkdir', (OPEN + '/made').encode(), None)
libc.posix_spawn(ctypes.byref(child), b'/bin/mkdir', None, None, arguments, None)
libc.waitpid(child, None, 0)
