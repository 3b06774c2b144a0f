π = 3.14159
größe = 2


def fläche(радиус):
    return round(π * радиус ** 2, 2)


print(fläche(größe), "\N{GREEK SMALL LETTER PI}", "\N{BULLET} item")
print("•".encode("ascii", "namereplace").decode("ascii"))
