# Wakes whoever waits for a word of the C library, in any run: all of them have the same file there.
# evidence: answered
# held by: seccomp
# with: native
word = ctypes.cast(libc.getenv, ctypes.c_void_p).value & ~3
libc._exit(77 if call(202, 98, ctypes.c_void_p(word), 1, 1, None, None, 0) == 0 else 0)
