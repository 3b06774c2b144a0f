# Asks an interpreter what it is, and lets it compile the bootstrap once for all later runs.
import sys, marshal, posix
import _frozen_importlib_external

size = int.from_bytes(sys.stdin.buffer.read(4), 'little')
source = sys.stdin.buffer.read(size).decode()
try:
    import _ctypes, resource, select
    lacks = ''
except ImportError as error:
    lacks = error.name or str(error)
program = marshal.dumps(compile(source, '<sandbox>', 'exec', dont_inherit=True, optimize=2))
facts = {
    'executable': sys.executable,
    'implementation': sys.implementation.name,
    'version': '%d.%d.%d' % sys.version_info[:3],
    'platform': sys.platform,
    'machine': posix.uname().machine,
    'bits': 64 if sys.maxsize > 2**32 else 32,
    'lacks': lacks,
    'magic': _frozen_importlib_external.MAGIC_NUMBER.hex(),
    'size': len(program),
}
text = ''.join('%s=%s\n' % pair for pair in facts.items()) + '\n'
sys.stdout.buffer.write(b'sandbox-probe 1\n' + text.encode('utf-8', 'surrogateescape') + program)
