# allow nothing
def move(n, source, target, spare, steps):
    if n:
        move(n - 1, source, spare, target, steps)
        steps.append((source, target))
        move(n - 1, spare, target, source, steps)


steps = []
move(5, "A", "C", "B", steps)
print(len(steps), steps[:3])
