# allow: typing
from typing import *


class Opened(ContextManager[str]):
    def __exit__(self, *rest: Any) -> Optional[bool]:
        return None


def first(words: Iterable[str], like: Pattern[str]) -> Optional[Match[str]]:
    return next((found for found in map(like.match, words) if found), None)


with Opened() as opened:
    print(type(opened).__name__, get_type_hints(first)["words"])
