# Opens a file relative to a folder that was opened before.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, limits
# with: native
folder = libc.open(SECRET.rpartition('/')[0].encode(), 0o10200000)
show(libc.openat(folder, b'secret', 0))
