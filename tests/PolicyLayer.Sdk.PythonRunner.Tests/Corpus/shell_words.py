# allow: shlex
import shlex

print(shlex.split("copy 'a file' --to=\"b c\" # not said", comments=True))
print(shlex.join(["echo", "it's", "done"]))
