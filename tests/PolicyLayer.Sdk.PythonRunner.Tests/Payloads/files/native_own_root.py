# Opens by the link to its own root in /proc.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# with: native
show(libc.open(b'/proc/self/root' + SECRET.encode(), 0))
