# allow: pprint
from pprint import pformat, pprint

pprint({"name": "Ann", "tags": ["a", "b"], "nested": {"deep": list(range(12))}}, width=40)
print(pformat("a long text that is broken at its spaces " * 2, width=50))
