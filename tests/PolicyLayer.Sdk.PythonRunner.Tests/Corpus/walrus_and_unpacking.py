# allow nothing
first, *middle, last = range(6)
print(first, middle, last)
while (n := len(middle)) > 2:
    middle.pop()
print(n, {**{"a": 1}, "b": 2}, [*"xyz", *range(2)])
for i, (a, b) in enumerate(zip("ab", [1, 2]), start=1):
    print(i, a, b)
print(any(x > 3 for x in [1, 5]), all([]), min("hello"), max([1, 7], default=0), divmod(17, 5), round(2.675, 2))
