# allow: traceback
import traceback


def divide(a, b):
    return a / b


try:
    divide(1, 0)
except ZeroDivisionError as error:
    print(traceback.format_exception_only(type(error), error))
    print(len(traceback.format_exc()) > 100, traceback.extract_tb(error.__traceback__)[-1].name)
