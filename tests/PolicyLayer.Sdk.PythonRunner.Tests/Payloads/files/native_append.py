# Writes to a file that everybody may write.
# evidence: file
# held by: seccomp, landlock, empty_root, limits
# with: native
libc.write(libc.open(OWN.encode(), 0o2001), b'and more', 8)
