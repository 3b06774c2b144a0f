# Opens a descriptor of the host process by /proc.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, capabilities, user_namespace
# with: native
show(libc.open(b'/proc/%d/fd/%d' % (HOST, DESCRIPTOR), 0))
