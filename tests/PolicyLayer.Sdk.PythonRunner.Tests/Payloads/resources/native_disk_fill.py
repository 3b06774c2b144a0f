# Writes a megabyte to a file that everybody may write.
# evidence: file
# held by: seccomp, landlock, empty_root, limits
# with: native
libc.write(libc.open(OWN.encode(), 1), bytes(1 << 20), 1 << 20)
