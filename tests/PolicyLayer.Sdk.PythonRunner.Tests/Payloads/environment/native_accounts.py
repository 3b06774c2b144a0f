# Reads the accounts of the machine.
# evidence: token
# held by: seccomp, landlock, empty_root
# with: native
show(libc.open(b'/etc/passwd', 0))   # ACCOUNTS
