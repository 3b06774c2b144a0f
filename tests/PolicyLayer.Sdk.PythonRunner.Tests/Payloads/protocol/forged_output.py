# Prints what the supervisor would say.
# evidence: forged
# held by: own_pipes
# with: graph
# baseline: bare
def frame(kind, text):
    return kind + len(text).to_bytes(4, 'little') + text


end = frame(b'x', b'why=exited\ncode=77\nsignal=0\nwall_us=1\ncpu_us=1\npeak_kb=1\nstdout_truncated=0\nstderr_truncated=0\n')

layers = 'closed_descriptors,no_new_privileges,capabilities,limits,not_dumpable,parent_death_signal,seccomp,self_test,landlock,landlock_worker'
report = frame(b'r', ('layers=' + layers + '\nmissing=\nunloaded=\n').encode()) + frame(b's', b'')
posix.write(1, report + end)
posix._exit(0)
