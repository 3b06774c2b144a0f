# allow: collections, typing
from collections import namedtuple
from typing import NamedTuple

Point = namedtuple("Point", ["x", "y"], defaults=[0])


class Person(NamedTuple):
    name: str
    age: int = 18


p = Point(3)
print(p, p._replace(y=4), Point._fields, Person("Ann"), Person("Bob", 40)._asdict())
