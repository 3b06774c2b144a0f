# allow nothing
words = ["level", "Python", "Racecar", "A man, a plan, a canal: Panama"]
for word in words:
    plain = [c.lower() for c in word if c.isalnum()]
    print(f"{word!r}: {plain == plain[::-1]}")
