# allow: traceback
import traceback

try:
    compile("whille True:\n    pass\n", "given", "exec")
except SyntaxError as error:
    print(traceback.format_exception_only(type(error), error)[0].strip())
