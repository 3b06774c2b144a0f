# Lists a folder.
# evidence: token
# held by: seccomp, landlock, empty_root
# with: native
# needs: x86_64
folder = libc.open(LISTED.encode(), 0o200000)
entries = ctypes.create_string_buffer(4096)
libc.write(1, entries, max(0, libc.syscall(217, folder, entries, 4096)))
