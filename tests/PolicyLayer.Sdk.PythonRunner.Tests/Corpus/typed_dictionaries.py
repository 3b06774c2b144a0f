# allow: typing, dataclasses
from dataclasses import asdict, make_dataclass
from typing import Dict, List, Optional, TypedDict, get_type_hints


class Movie(TypedDict, total=False):
    title: str
    year: int


def best(movies: List[Movie], by: Optional["str"] = None) -> Dict[str, int]:
    return {movie["title"]: movie["year"] for movie in movies}


Row = make_dataclass("Row", ["a", ("b", int, 5)])
print(best([Movie(title="M", year=1931)]), sorted(get_type_hints(best)), asdict(Row(1)), sorted(Movie.__annotations__))
