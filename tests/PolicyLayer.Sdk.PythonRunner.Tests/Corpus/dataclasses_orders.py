# allow: dataclasses, typing
from dataclasses import dataclass, field, asdict, replace
from typing import List, Optional


@dataclass(order=True)
class Item:
    price: float
    name: str = field(compare=False)
    tags: List[str] = field(default_factory=list, compare=False)
    discount: Optional[float] = field(default=None, compare=False)

    @property
    def final(self) -> float:
        return self.price * (1 - (self.discount or 0))


items = [Item(20.0, "lamp"), Item(5.5, "pen", ["desk"]), Item(12.0, "book", discount=0.25)]
print(min(items).name, [item.name for item in sorted(items)])
print(asdict(replace(items[2], name="novel")), items[2].final)
