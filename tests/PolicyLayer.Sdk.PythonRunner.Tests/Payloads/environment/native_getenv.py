# Asks the C library for a variable.
# evidence: token
# held by: environment
# with: native
# baseline: bare
libc.getenv.restype = ctypes.c_char_p
print(libc.getenv(ENVIRONMENT.encode()))
