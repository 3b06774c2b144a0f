# Reads the network interfaces from /proc.
# evidence: token
# held by: seccomp, landlock, empty_root, network_namespace
# with: native
show(libc.open(b'/proc/self/net/dev', 0))   # INTERFACE
