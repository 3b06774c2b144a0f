# allow: math
import math

print(math.gcd(84, 36), math.comb(10, 3), math.isqrt(10 ** 20))
print(f"{math.pi:.10f} {math.e:.10f} {math.sqrt(2):.10f}")
print(math.isclose(math.sin(math.radians(30)), 0.5), math.log2(1024), math.ceil(-1.5), math.inf > 10 ** 300)
