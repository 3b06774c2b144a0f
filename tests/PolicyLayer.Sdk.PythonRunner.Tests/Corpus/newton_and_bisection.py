# allow nothing
def root(f, low, high, steps=60):
    for _ in range(steps):
        middle = (low + high) / 2
        low, high = (middle, high) if f(low) * f(middle) > 0 else (low, middle)
    return middle


x = 1.0
for _ in range(20):
    x -= (x * x - 2) / (2 * x)
print(f"{root(lambda v: v ** 3 - v - 2, 1, 2):.8f} {x:.10f}")
