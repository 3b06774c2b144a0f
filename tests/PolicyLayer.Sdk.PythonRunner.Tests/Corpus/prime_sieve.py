# allow nothing
def sieve(limit):
    flags = bytearray([1]) * (limit + 1)
    flags[0:2] = b"\x00\x00"
    for number in range(2, int(limit ** 0.5) + 1):
        if flags[number]:
            flags[number * number::number] = bytes(len(range(number * number, limit + 1, number)))
    return [number for number, flag in enumerate(flags) if flag]


primes = sieve(100000)
print(len(primes), primes[-1], sum(primes))
