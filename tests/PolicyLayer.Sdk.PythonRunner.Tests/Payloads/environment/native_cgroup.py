# Reads in which control group it runs.
# evidence: token
# held by: seccomp, landlock, empty_root
# with: native
# baseline: none, what it names is the same for everybody where there is one group
show(libc.open(b'/proc/self/cgroup', 0))   # CGROUP
