# allow nothing
name, value, width = "pi", 3.14159265, 12
print(f"{name!r:>{width}} = {value:.{3}f}")
print(f"{value=:.2f}", f"{1000000:_}", f"{255:#x} {255:b} {0.256:.1%}")
print(f"{'nested ' + f'{name.upper()}'}", f"{{braces}}", f"{[x ** 2 for x in range(4)]}")
