# allow: string, textwrap
import string
import textwrap

text = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor."
print(textwrap.fill(text, 30))
print(textwrap.dedent("    indented\n      more"), textwrap.shorten(text, 25))
print(string.Template("$who likes ${what}").substitute(who="Tim", what="kung pao"), string.ascii_lowercase[:5], "snake_case_name".title().replace("_", ""))
