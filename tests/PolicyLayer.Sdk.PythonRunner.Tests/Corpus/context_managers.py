# allow: contextlib, io
from contextlib import contextmanager, suppress, redirect_stdout
import io


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name.upper()
    finally:
        print(f"</{name}>")


with tag("b") as upper, suppress(ZeroDivisionError):
    print(upper)
    1 / 0
buffer = io.StringIO()
with redirect_stdout(buffer):
    print("caught")
print(repr(buffer.getvalue()))
