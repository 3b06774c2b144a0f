# Deletes a file that everybody may delete.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
libc.unlink(OWN.encode())
