# allow: sys
import sys

print("a", "b", "c", sep="-", end="!\n")
print(*range(5), sep=", ")
print()
print("to stdout", file=sys.stdout, flush=True)
print("%s is %d years and %.1f%% done" % ("Ann", 30, 99.5))
print("{:>8}|{:<8}|{:^8}|{:08.3f}|{:+d}|{:,}".format("right", "left", "mid", 3.14159, 5, 1234567))
sys.stdout.write("written\n")
