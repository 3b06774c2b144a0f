# allow nothing
def multiply(a, b):
    return [[sum(x * y for x, y in zip(row, column)) for column in zip(*b)] for row in a]


def determinant(m):
    if len(m) == 1:
        return m[0][0]
    return sum((-1) ** c * m[0][c] * determinant([row[:c] + row[c + 1:] for row in m[1:]]) for c in range(len(m)))


print(multiply([[1, 2], [3, 4]], [[5, 6], [7, 8]]), determinant([[2, 0, 1], [1, 3, 2], [1, 1, 4]]))
