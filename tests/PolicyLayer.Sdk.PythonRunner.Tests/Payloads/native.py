import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]

# exit_group(77) in machine code
leaving = bytes.fromhex('b8e7000000 bf4d000000 0f05' if X64 else 'a00980d2 c80b80d2 010000d4')


def call(number, on_aarch64, *arguments):
    return libc.syscall(number if X64 else on_aarch64, *arguments)


def show(descriptor):
    content = ctypes.create_string_buffer(65536)
    size = libc.read(descriptor, content, 65536)
    libc.write(1, content, max(0, size))


def structure(*words):
    # 64-bit words, one after the other
    return b''.join((word & (2 ** 64 - 1)).to_bytes(8, 'little') for word in words)


def make(path):
    libc.close(libc.open(path.encode(), 0o101, 0o666))
