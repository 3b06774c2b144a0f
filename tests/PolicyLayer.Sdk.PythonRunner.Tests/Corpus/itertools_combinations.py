# allow: itertools
from itertools import chain, combinations, groupby, islice, accumulate, product

print(list(combinations("ABC", 2)), len(list(product([0, 1], repeat=4))))
print([(key, len(list(group))) for key, group in groupby("aaabbc")])
print(list(accumulate([1, 2, 3, 4], lambda a, b: a * b)), list(islice(chain([1], [2, 3]), 2)))
