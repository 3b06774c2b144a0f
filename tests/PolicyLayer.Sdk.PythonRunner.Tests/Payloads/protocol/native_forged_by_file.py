# Opens the pipe of the supervisor by /proc and writes to it.
# evidence: forged
# held by: seccomp, landlock_worker, empty_root, other_user, pid_namespace, capabilities
# with: native
def frame(kind, text):
    return kind + len(text).to_bytes(4, 'little') + text


end = frame(b'x', b'why=exited\ncode=77\nsignal=0\nwall_us=1\ncpu_us=1\npeak_kb=1\nstdout_truncated=0\nstderr_truncated=0\n')

libc.usleep(100000)   # first the supervisor says that the code has begun
pipe = libc.open(b'/proc/%d/fd/1' % libc.getppid(), 1)
libc.write(pipe, end, len(end))
libc.usleep(100000)
libc._exit(0)
