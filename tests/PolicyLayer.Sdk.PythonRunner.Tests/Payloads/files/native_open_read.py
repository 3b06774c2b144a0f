# Opens a file of the host and reads it.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# with: native
show(libc.open(SECRET.encode(), 0))
