# Has the kernel copy a file to standard output.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# with: native
libc.sendfile(1, libc.open(SECRET.encode(), 0), None, 100)
