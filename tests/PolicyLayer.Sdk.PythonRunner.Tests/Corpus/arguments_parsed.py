# allow: argparse
import argparse

parser = argparse.ArgumentParser(prog="tool", add_help=False)
parser.add_argument("name")
parser.add_argument("--count", type=int, default=1, choices=[1, 2, 3])
print(parser.parse_args(["Ann", "--count", "2"]))
print(parser.format_usage().strip())
