# Reads the version of the kernel from /proc.
# evidence: token
# held by: seccomp, landlock, empty_root
# with: native
show(libc.open(b'/proc/sys/kernel/osrelease', 0))   # RELEASE
