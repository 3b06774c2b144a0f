# Makes a symbolic link.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
libc.symlink(b'/etc/passwd', (OPEN + '/link').encode())
