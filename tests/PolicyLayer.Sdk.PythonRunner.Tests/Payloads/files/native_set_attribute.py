# Sets an extended attribute: Landlock knows no right for it.
# evidence: file
# held by: seccomp, empty_root
# with: native
libc.setxattr(OWN.encode(), b'user.mark', b'x', 1, 0)
