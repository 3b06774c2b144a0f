# Reads the disk below the file system.
# evidence: answered
# held by: seccomp, landlock, empty_root, other_user, capabilities
# with: native
# needs: root
# baseline: none, not every machine has a disk of a known name
disk = libc.open(b'/dev/vda', 0)
libc._exit(77 if libc.read(disk, ctypes.create_string_buffer(512), 512) == 512 else 0)
