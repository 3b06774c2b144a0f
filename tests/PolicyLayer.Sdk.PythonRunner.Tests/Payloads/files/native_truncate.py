# Empties a file that everybody may write.
# evidence: file
# held by: seccomp, landlock_truncate, empty_root
# with: native
libc.truncate(OWN.encode(), ctypes.c_long(0))
