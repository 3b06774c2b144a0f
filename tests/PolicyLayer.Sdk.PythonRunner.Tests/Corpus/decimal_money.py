# allow: decimal
from decimal import Decimal, ROUND_HALF_UP, getcontext

getcontext().prec = 28
price, rate = Decimal("19.99"), Decimal("0.0825")
tax = (price * rate).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
print(price + tax, Decimal(1) / Decimal(7))
print(0.1 + 0.2, Decimal("0.1") + Decimal("0.2"))
