# allow nothing
def shift(text, by):
    out = []
    for character in text:
        if character.isalpha():
            base = ord("A") if character.isupper() else ord("a")
            out.append(chr((ord(character) - base + by) % 26 + base))
        else:
            out.append(character)
    return "".join(out)


secret = shift("Attack at Dawn!", 3)
print(secret, "->", shift(secret, -3))
