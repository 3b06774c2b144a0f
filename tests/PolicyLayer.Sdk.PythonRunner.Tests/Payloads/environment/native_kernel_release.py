# Asks which kernel runs.
# evidence: token
# held by: seccomp
# with: native
names = ctypes.create_string_buffer(390)
libc.uname(names)   # RELEASE
libc.write(1, names, 390)
