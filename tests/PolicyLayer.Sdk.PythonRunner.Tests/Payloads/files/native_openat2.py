# Opens a file by openat2, which a filter cannot look into.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# with: native
show(libc.syscall(437, -100, SECRET.encode(), structure(0, 0, 0), 24))
