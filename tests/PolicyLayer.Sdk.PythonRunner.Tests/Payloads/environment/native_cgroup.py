# Reads in which control group it runs.
# evidence: token
# held by: seccomp, landlock, empty_root, cgroup_namespace
# with: native
# needs: root, cgroup
# enclosure: cgroup
show(libc.open(b'/proc/self/cgroup', 0))
