# Ends in a crash that leaves its memory in a file.
# evidence: file
# held by: seccomp, landlock, empty_root, other_user, not_dumpable, kept_limits
# with: native
# needs: root, core
libc.chdir(OPEN.encode())
libc.prlimit(0, 1, structure(-1, -1), None)
libc.prlimit(0, 4, structure(-1, -1), None)
libc.abort()
