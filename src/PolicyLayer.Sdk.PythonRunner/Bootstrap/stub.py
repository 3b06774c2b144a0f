# The whole of the -c argument. Nothing but built-in modules; everything else comes down stdin.
import _frozen_importlib_external,marshal,posix
def take(n):
 b=bytearray()
 while len(b)<n:
  c=posix.read(0,min(n-len(b),65536))
  if not c:posix._exit(0)
  b+=c
 return bytes(b)
def field():return take(int.from_bytes(take(4),'little'))
if field()!=_frozen_importlib_external.MAGIC_NUMBER:posix._exit(86)
exec(marshal.loads(field()))
