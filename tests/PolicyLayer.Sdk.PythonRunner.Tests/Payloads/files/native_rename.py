# Renames a file.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
libc.rename(OWN.encode(), (OPEN + '/renamed').encode())
