# Reads what the host has mounted.
# evidence: token
# held by: seccomp, landlock, empty_root
# with: native
show(libc.open(b'/proc/self/mountinfo', 0))   # MOUNTS
