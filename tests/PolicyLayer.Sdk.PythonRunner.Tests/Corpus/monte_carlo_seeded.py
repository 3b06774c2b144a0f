# allow: random
import random

random.seed(42)
inside = sum(random.random() ** 2 + random.random() ** 2 <= 1 for _ in range(20000))
print(abs(4 * inside / 20000 - 3.1416) < 0.05)
sample = random.sample(range(100), 5)
random.shuffle(sample)
print(len(set(sample)), random.choice(["only"]), 1 <= random.randint(1, 6) <= 6)
