# allow: argparse
import argparse

parser = argparse.ArgumentParser(prog="count", description="Counts the words of a text, " + "again and " * 20 + "again.")
parser.add_argument("--least", type=int, default=3, help="the shortest word that counts")
text = parser.format_help()
print(text.splitlines()[0])
print("the shortest word that counts" in text, max(map(len, text.splitlines())) < 100)
