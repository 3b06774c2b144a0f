# Kills another process by tkill.
# evidence: victim
# held by: seccomp, landlock, pid_namespace, other_user
# with: native
# needs: x86_64
libc.syscall(200, VICTIM, 9)
