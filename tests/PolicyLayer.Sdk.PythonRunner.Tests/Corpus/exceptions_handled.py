# allow nothing
class Insufficient(Exception):
    def __init__(self, needed):
        super().__init__(f"needs {needed} more")
        self.needed = needed


def withdraw(balance, amount):
    if amount > balance:
        raise Insufficient(amount - balance)
    return balance - amount


for amount in (30, 130):
    try:
        left = withdraw(100, amount)
    except Insufficient as error:
        print("refused:", error, error.needed)
    else:
        print("left", left)
    finally:
        print("done")
try:
    try:
        {}["missing"]
    except KeyError as error:
        raise ValueError("wrapped") from error
except ValueError as error:
    print(error, repr(error.__cause__))
