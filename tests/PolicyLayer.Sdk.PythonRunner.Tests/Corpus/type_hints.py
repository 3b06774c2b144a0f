# allow: typing
from __future__ import annotations

from typing import Callable, Generic, TypeVar, Union

T = TypeVar("T")


class Stack(Generic[T]):
    def __init__(self) -> None:
        self._items: list[T] = []

    def push(self, item: T) -> None:
        self._items.append(item)

    def pop(self) -> T:
        return self._items.pop()


def apply(f: Callable[[int], int], value: Union[int, str]) -> int:
    return f(int(value))


stack: Stack[int] = Stack()
stack.push(3)
print(stack.pop(), apply(lambda n: n + 1, "41"), apply.__annotations__["value"])
