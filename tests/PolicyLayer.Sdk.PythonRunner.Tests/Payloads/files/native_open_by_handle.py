# Opens by a handle instead of a path, as escapes from containers did.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, capabilities
# with: native
# needs: root
libc.close(0)
handle = ctypes.create_string_buffer(structure(128) + bytes(128), 136)
handle[0:4] = (128).to_bytes(4, 'little')
mount = ctypes.c_int()
libc.name_to_handle_at(-100, SECRET.encode(), handle, ctypes.byref(mount), 0)
folder = libc.open(SECRET.rpartition('/')[0].encode(), 0)
show(libc.open_by_handle_at(folder, handle, 0))
