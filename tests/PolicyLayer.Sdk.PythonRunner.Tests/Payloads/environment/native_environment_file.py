# Reads its own environment from /proc.
# evidence: token
# held by: environment, seccomp, landlock, empty_root
# with: native
# baseline: bare
show(libc.open(b'/proc/self/environ', 0))   # ENVIRONMENT
