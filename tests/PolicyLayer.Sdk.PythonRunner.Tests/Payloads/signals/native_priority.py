# Makes another process slower: Landlock knows no right for it.
# evidence: victim
# held by: seccomp, pid_namespace, other_user, capabilities
# with: native
libc.setpriority(0, VICTIM, 15)
