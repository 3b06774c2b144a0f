# allow nothing
factorial = 1
for i in range(1, 101):
    factorial *= i
print(factorial)
print(sum(int(digit) for digit in str(factorial)))
print(pow(3, 10 ** 18, 1000007), (1 << 200) % 97, hex(255 ** 20))
