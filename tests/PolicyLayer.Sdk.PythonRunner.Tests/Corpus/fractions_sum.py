# allow: fractions
from fractions import Fraction

total = sum(Fraction(1, n) for n in range(1, 11))
print(total, float(total), total.limit_denominator(50))
