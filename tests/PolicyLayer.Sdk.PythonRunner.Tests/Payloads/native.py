import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]


def show(descriptor):
    content = ctypes.create_string_buffer(65536)
    size = libc.read(descriptor, content, 65536)
    libc.write(1, content, max(0, size))


def structure(*words):
    # 64-bit words, one after the other
    return b''.join((word & (2 ** 64 - 1)).to_bytes(8, 'little') for word in words)


def make(path):
    libc.close(libc.open(path.encode(), 0o101, 0o666))
