# Gives a file a second name.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
libc.link(OWN.encode(), (OPEN + '/second').encode())
