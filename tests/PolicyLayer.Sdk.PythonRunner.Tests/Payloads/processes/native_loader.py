# Has the loader of programs start one, as if the file need not be executable.
# evidence: file
# held by: seccomp, landlock, empty_root
# with: native
loader = b'/lib64/ld-linux-x86-64.so.2' if X64 else b'/lib/ld-linux-aarch64.so.1'
libc.execv(loader, (ctypes.c_char_p * 4)(loader, b'/bin/mkdir', (OPEN + '/made').encode(), None))
