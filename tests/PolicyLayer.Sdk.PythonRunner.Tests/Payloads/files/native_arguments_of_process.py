# Reads the command line of another process.
# evidence: token
# held by: seccomp, landlock, empty_root
# with: native
show(libc.open(b'/proc/%d/cmdline' % VICTIM, 0))
