# allow: copy
import copy

original = {"list": [1, 2], "tuple": (3, [4])}
shallow, deep = copy.copy(original), copy.deepcopy(original)
original["list"].append(3)
original["tuple"][1].append(5)
print(shallow, deep, shallow["list"] is original["list"], [] == [], [] is [])
