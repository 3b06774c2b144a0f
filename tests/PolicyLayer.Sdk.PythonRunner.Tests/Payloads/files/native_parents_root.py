# Opens by the link to the root of its parent in /proc.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, pid_namespace, capabilities
# with: native
show(libc.open(b'/proc/%d/root' % libc.getppid() + SECRET.encode(), 0))
