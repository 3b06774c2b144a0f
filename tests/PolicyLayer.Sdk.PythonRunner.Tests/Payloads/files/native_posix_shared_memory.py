# Reads shared memory of another process by its name in /dev/shm.
# evidence: token
# held by: seccomp, landlock, empty_root
# with: native
show(libc.shm_open(POSIX.encode(), 0, 0))
