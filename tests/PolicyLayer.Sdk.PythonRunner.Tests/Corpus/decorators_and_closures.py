# allow: functools
import functools


def counted(function):
    @functools.wraps(function)
    def wrapper(*arguments, **named):
        wrapper.calls += 1
        return function(*arguments, **named)

    wrapper.calls = 0
    return wrapper


@counted
def add(a, b=1):
    """Adds."""
    return a + b


def make_counter():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n

    return step


step = make_counter()
print(add(1), add(2, b=3), add.calls, add.__name__, add.__doc__, step(), step())
