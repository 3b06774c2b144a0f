# Copies the pipe out of the supervisor and writes to it.
# evidence: forged
# held by: seccomp, landlock_worker, pid_namespace, other_user, capabilities
# with: native
def frame(kind, text):
    return kind + len(text).to_bytes(4, 'little') + text


end = frame(b'x', b'why=exited\ncode=77\nsignal=0\nwall_us=1\ncpu_us=1\npeak_kb=1\nstdout_truncated=0\nstderr_truncated=0\n')

libc.usleep(100000)   # first the supervisor says that the code has begun
libc.close(0)
pipe = libc.syscall(438, libc.syscall(434, libc.getppid(), 0), 1, 0)
libc.write(pipe, end, len(end))
libc.usleep(100000)
libc._exit(0)
