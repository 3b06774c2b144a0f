# System calls by number, through _ctypes alone: the ctypes package costs eight times as much to import.
import _ctypes
import builtins
from _codecs import lookup as codecs_lookup
import mmap
import posix
import resource
import select
import sys
import time
import _signal

SIGALRM, SIGKILL = 14, 9
EPERM, EACCES, EBADF = 1, 13, 9


class Long(_ctypes._SimpleCData):
    _type_ = 'l'


class Byte(_ctypes._SimpleCData):
    _type_ = 'B'


class Function(_ctypes.CFuncPtr):
    _flags_ = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_USE_ERRNO
    _restype_ = Long
    _argtypes_ = (Long,) * 7


class SystemCalls:
    def __init__(self, numbers):
        self._numbers = numbers
        self._function = Function(_ctypes.dlsym(_ctypes.dlopen(None, 0), 'syscall'))

    def __call__(self, name, *arguments):
        # Memory comes as an object and is held by `arguments` until the kernel is done: an address alone would dangle.
        words = [word.address if isinstance(word, Memory) else word for word in arguments]
        result = self._function(self._numbers[name], *words, *(0,) * (6 - len(words)))
        if result == -1:
            error = _ctypes.get_errno()
            raise OSError(error, posix.strerror(error), name)
        return result

    def error(self, name, *arguments):
        # The errno of a call that ought to fail; 0 when it does not.
        try:
            self(name, *arguments)
            return 0
        except OSError as error:
            return error.errno


class Memory:
    # Bytes at a fixed address, for as long as the object lives.
    def __init__(self, content):
        self._bytes = (Byte * len(content)).from_buffer_copy(content)
        self.address = _ctypes.addressof(self._bytes)


def little(value, size):
    return value.to_bytes(size, 'little')
