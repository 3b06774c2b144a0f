# Has a pipe send the signal, in the name of its owner.
# evidence: victim
# held by: seccomp, landlock_scopes, pid_namespace, other_user
# with: native
libc.close(0)
ends = (ctypes.c_int * 2)()
libc.pipe(ends)
libc.fcntl(ends[0], 8, VICTIM)
libc.fcntl(ends[0], 10, 9)
libc.fcntl(ends[0], 4, 0o20000)
libc.write(ends[1], b'x', 1)
