# Has a shell run a command.
# evidence: file
# held by: seccomp, landlock, empty_root, process_limit
# with: native
libc.system(b'/bin/mkdir ' + OPEN.encode() + b'/made')
