# Changes the folder and opens by a short name.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# with: native
libc.chdir(SECRET.rpartition('/')[0].encode())
show(libc.open(b'secret', 0))
