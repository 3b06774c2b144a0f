# allow: cmath
import cmath

z = complex(3, -4)
print(abs(z), z.conjugate(), (z * z).real)
print([f"{root.real:.4f}{root.imag:+.4f}j" for root in (cmath.exp(2j * cmath.pi * k / 3) for k in range(3))])
