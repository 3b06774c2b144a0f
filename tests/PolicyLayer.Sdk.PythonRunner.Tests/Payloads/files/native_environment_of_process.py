# Reads the environment of another process.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, capabilities, user_namespace
# with: native
show(libc.open(b'/proc/%d/environ' % VICTIM, 0))
