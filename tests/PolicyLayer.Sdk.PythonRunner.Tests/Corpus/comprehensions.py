# allow nothing
matrix = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
print([list(row) for row in zip(*matrix)], {n: n ** 2 for n in range(4)}, {len(w) for w in ["a", "bb", "cc"]})
print([x for row in matrix for x in row if x % 2], sum(x * y for x, y in zip([1, 2], [3, 4])), (lambda *a, **k: (a, k))(1, b=2))
