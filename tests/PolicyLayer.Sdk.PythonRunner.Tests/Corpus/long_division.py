def factorial(n):
    return n * factorial(n - 1) if n > 1 else 1


product = 1
for i in range(1, 3001):
    product *= i
print(product // (factorial(900) ** 2) % 1000003)
quotient, rest = divmod(10 ** 12000, 7 ** 4000)
print(quotient % 97, rest % 97, (quotient * 7 ** 4000 + rest) == 10 ** 12000)
