# Lists a folder.
# evidence: token
# held by: seccomp, landlock, empty_root
# with: native
folder = libc.open(LISTED.encode(), 0)
entries = ctypes.create_string_buffer(4096)
libc.write(1, entries, max(0, call(217, 61, folder, entries, 4096)))
