# allow: string
from string import Template

letter = Template("Dear $name, you owe ${amount} euros.")
print(letter.substitute(name="Ann", amount=12))
print(letter.safe_substitute(name="Bob"))
