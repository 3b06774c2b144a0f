# Kills another process by one of its threads.
# evidence: victim
# held by: seccomp, landlock, pid_namespace, other_user
# with: native
# needs: x86_64
libc.syscall(234, VICTIM, VICTIM, 9)
