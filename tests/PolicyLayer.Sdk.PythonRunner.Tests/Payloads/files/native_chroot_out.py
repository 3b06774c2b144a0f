# Leaves by chroot to a folder and upwards.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# with: native
libc.chroot(OPEN.encode())
libc.chroot(b'../../../../..')
show(libc.open(SECRET.encode(), 0))
show(libc.open((OPEN + '/../secret').encode(), 0))
