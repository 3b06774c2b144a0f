# Opens by the link to the root of the host process.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, capabilities, user_namespace
# with: native
show(libc.open(b'/proc/%d/root' % HOST + SECRET.encode(), 0))
