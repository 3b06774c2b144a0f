# Makes a file.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
libc.creat((OPEN + '/made').encode(), 0o644)
