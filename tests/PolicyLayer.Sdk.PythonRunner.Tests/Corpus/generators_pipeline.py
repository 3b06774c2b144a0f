# allow nothing
def numbers():
    n = 0
    while True:
        n += 1
        yield n


def take(count, source):
    for _, value in zip(range(count), source):
        yield value


def averager():
    total = count = 0
    average = None
    while True:
        value = yield average
        total += value
        count += 1
        average = total / count


print(list(take(5, (n * n for n in numbers() if n % 2))))
average = averager()
next(average)
print(average.send(10), average.send(20), average.send(60))
