# System calls by number, through _ctypes alone: the ctypes package costs eight times as much to import.
import _ctypes
import builtins
from _codecs import lookup as codecs_lookup
import posix
import resource
import select
import sys
import time
import _signal

SIGALRM, SIGCHLD, SIGKILL = 14, 17, 9
EPERM, EACCES, EBADF = 1, 13, 9


class Long(_ctypes._SimpleCData):
    _type_ = 'l'


class Word(_ctypes._SimpleCData):
    _type_ = 'P'   # a number, or bytes, of which the kernel is given the address


class Address(_ctypes._SimpleCData):
    _type_ = 'z'


class Function(_ctypes.CFuncPtr):
    _flags_ = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_USE_ERRNO
    _restype_ = Long
    _argtypes_ = (Word,) * 7


class SystemCalls:
    def __init__(self, numbers):
        self._numbers = numbers
        self._function = Function(_ctypes.dlsym(_ctypes.dlopen(None, 0), 'syscall'))

    def __call__(self, name, *arguments):
        # Bytes are held by `arguments` until the kernel is done: an address alone would dangle.
        result = self._function(self._numbers[name], *arguments, *(0,) * (6 - len(arguments)))
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


def address_of(content):
    # As the kernel reads it in a structure, and good for as long as somebody holds `content`.
    return bytes(Address(content))


def little(value, size):
    return value.to_bytes(size, 'little')
