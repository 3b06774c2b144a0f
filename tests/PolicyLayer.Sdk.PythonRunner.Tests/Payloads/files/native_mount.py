# Mounts a file system over a folder of the host.
# evidence: file
# held by: seccomp, landlock, empty_root, other_user, capabilities, mount_namespace
# with: native
# needs: root
libc.mount(b'cover', OPEN.encode(), b'tmpfs', 0, b'mode=700')
