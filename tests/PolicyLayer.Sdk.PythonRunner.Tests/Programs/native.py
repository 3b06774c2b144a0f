# What native code in the worker can ask for. The test says which step, and looks outside for what came of it.
import ctypes

libc = ctypes.CDLL(None, use_errno=True)


def show(name, result):
    print(name, 'worked' if result >= 0 else 'errno %d' % ctypes.get_errno())
    return result


def read(path):
    descriptor = show('open', libc.open(path.encode(), 0))
    content = ctypes.create_string_buffer(100)
    if descriptor >= 0 and show('read', libc.read(descriptor, content, 100)) > 0:
        print(content.value.decode())


def create(path):
    show('open', libc.open(path.encode(), 0o101, 0o666))


def connect(port):
    descriptor = show('socket', libc.socket(2, 1, 0))
    address = bytes([2, 0, port >> 8, port & 255, 127, 0, 0, 1]) + bytes(8)
    if descriptor >= 0:
        show('connect', libc.connect(descriptor, address, 16))


def fork(path):
    child = libc.fork()
    if child == 0:
        create(path)
        libc._exit(0)
    show('fork', child)
    if child > 0:
        libc.waitpid(child, None, 0)


def execute(path):
    arguments = (ctypes.c_char_p * 4)(b'sh', b'-c', b': > ' + path.encode(), None)
    show('execve', libc.execv(b'/bin/sh', arguments))


def kill_supervisor():
    show('kill', libc.kill(libc.getppid(), 9))


def execute_memory():
    libc.mmap.restype = ctypes.c_long
    show('mmap', libc.mmap(None, 4096, 7, 0x22, -1, 0))


STEP
