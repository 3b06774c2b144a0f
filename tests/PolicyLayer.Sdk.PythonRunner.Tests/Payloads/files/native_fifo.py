# Makes a named pipe.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
libc.mkfifo((OPEN + '/made').encode(), 0o644)
