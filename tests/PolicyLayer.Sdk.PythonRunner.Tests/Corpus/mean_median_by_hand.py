# allow nothing
data = [23, 45, 12, 67, 34, 89, 21, 56]
mean = sum(data) / len(data)
ordered = sorted(data)
middle = len(ordered) // 2
median = (ordered[middle - 1] + ordered[middle]) / 2
print(f"Mean: {mean:.2f}")
print(f"Median: {median}")
print(f"Range: {max(data) - min(data)}")
