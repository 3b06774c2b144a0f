# Changes the input and output priority of another process.
# evidence: answered
# held by: seccomp, pid_namespace, other_user, capabilities
# with: native
libc._exit(77 if call(251, 30, 1, VICTIM, 0x6000) == 0 else 0)
