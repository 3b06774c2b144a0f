# allow: functools, uuid
import functools
import uuid


@functools.singledispatch
def show(value):
    return "something"


@show.register(int)
def _(value):
    return "a number"


@show.register
def _(value: list):
    return f"{len(value)} items"


print(show("x"), show(3), show([1, 2]), uuid.uuid5(uuid.NAMESPACE_DNS, "example.org"), uuid.uuid4().version)
