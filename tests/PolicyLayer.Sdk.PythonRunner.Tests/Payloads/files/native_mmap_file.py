# Maps a file into memory instead of reading it.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# with: native
place = libc.mmap(None, 4096, 1, 2, libc.open(SECRET.encode(), 0), 0)
libc.write(1, ctypes.c_void_p(place), 38)
