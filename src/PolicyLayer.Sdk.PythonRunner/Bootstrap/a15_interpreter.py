# What the interpreter can do and does not offer: functions of its own library, by their names.

PYCF_SOURCE_IS_UTF8, PYCF_IGNORE_COOKIE, PY_FILE_INPUT, PYBUF_WRITE = 0x0100, 0x0800, 257, 0x200
PROT_READ, PROT_WRITE, MAP_SHARED, MAP_ANONYMOUS = 1, 2, 1, 0x20


class Object(_ctypes._SimpleCData):
    _type_ = 'O'


class PythonFunction(_ctypes.CFuncPtr):
    _flags_ = _ctypes.FUNCFLAG_CDECL | _ctypes.FUNCFLAG_PYTHONAPI
    _restype_ = Object
    _argtypes_ = (Word,) * 5


def python_function(name):
    return PythonFunction(_ctypes.dlsym(_ctypes.dlopen(None, 0), name))


def compiler(file_name):
    # compile() makes every type of the ast module first, a tenth of what a whole run takes; exec() of a text takes no
    # name of a file. Both end here. What it needs it holds: it is called when the bootstrap's globals are gone.
    function = python_function('Py_CompileStringExFlags')
    flags = little(PYCF_SOURCE_IS_UTF8 | PYCF_IGNORE_COOKIE, 4) + little(sys.version_info[1], 4)
    how = (file_name.encode(), PY_FILE_INPUT, flags, -1)

    def compiled(source):
        if 0 in source:
            return compile(source, file_name, 'exec', dont_inherit=True)   # which says what is wrong
        return function(source, *how)

    return compiled


def shared_byte(call):
    # Seen by this process and its child. The mmap module would be one more library to load.
    address = call('mmap', 0, 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
    return python_function('PyMemoryView_FromMemory')(address, 1, PYBUF_WRITE, 0, 0)
