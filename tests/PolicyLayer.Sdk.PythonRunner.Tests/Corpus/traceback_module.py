# allow: traceback
import traceback


def inner():
    return [][3]


try:
    inner()
except IndexError:
    lines = traceback.format_exc().splitlines()
    print(lines[0])
    print(lines[-1])
    print(any("inner" in line for line in lines))
