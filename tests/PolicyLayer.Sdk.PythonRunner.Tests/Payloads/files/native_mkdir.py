# Makes a folder.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
libc.mkdir((OPEN + '/made').encode(), 0o755)
