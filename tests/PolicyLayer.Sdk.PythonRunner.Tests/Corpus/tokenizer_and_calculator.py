# allow nothing
def tokens(text):
    number = ""
    for character in text + " ":
        if character.isdigit() or character == ".":
            number += character
            continue
        if number:
            yield float(number)
            number = ""
        if character.strip():
            yield character


def evaluate(text):
    items = list(tokens(text))

    def factor():
        item = items.pop(0)
        if item == "(":
            value = expression()
            items.pop(0)
            return value
        return -factor() if item == "-" else item

    def term():
        value = factor()
        while items and items[0] in ("*", "/"):
            value = value * factor() if items.pop(0) == "*" else value / factor()
        return value

    def expression():
        value = term()
        while items and items[0] in ("+", "-"):
            value = value + term() if items.pop(0) == "+" else value - term()
        return value

    return expression()


for text in ("1 + 2 * 3", "(1 + 2) * 3", "-4 / (2 - 4)"):
    print(text, "=", evaluate(text))
