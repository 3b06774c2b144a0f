# allow: abc, enum
from abc import ABC, abstractmethod
from enum import Enum, auto, IntFlag


class Color(Enum):
    RED = auto()
    GREEN = auto()


class Access(IntFlag):
    READ = 4
    WRITE = 2


class Base(ABC):
    @abstractmethod
    def run(self):
        ...


try:
    Base()
except TypeError:
    print("abstract")
print(Color.RED.name, Color(2), list(Color)[0].value, int(Access.READ | Access.WRITE))
