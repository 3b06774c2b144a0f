# allow: operator
from operator import itemgetter, attrgetter

people = [{"name": "Bo", "age": 31}, {"name": "Al", "age": 25}, {"name": "Cy", "age": 31}]
print([p["name"] for p in sorted(people, key=lambda p: (-p["age"], p["name"]))], sorted(people, key=itemgetter("age"))[0])
print(sorted("bAnana", key=str.lower), sorted([3, 1, 2], reverse=True), attrgetter("real")(3))


def merge_sort(items):
    if len(items) < 2:
        return items
    half = len(items) // 2
    left, right, out = merge_sort(items[:half]), merge_sort(items[half:]), []
    while left and right:
        out.append((left if left[0] <= right[0] else right).pop(0))
    return out + left + right


print(merge_sort([5, 2, 9, 1, 5, 6]))
