import json, datetime, re, collections, random, math, dataclasses, decimal, itertools, functools, statistics, string, enum, typing, time, textwrap, fractions, heapq, bisect, operator, copy, hashlib, base64, uuid
from collections import namedtuple, Counter, defaultdict
from dataclasses import dataclass, field
P=namedtuple('P','x y'); print(P(1,2))
@dataclass
class D:
    a:int=1
    b:list=field(default_factory=list)
print(D(), dataclasses.asdict(D(2,[1])))
print(datetime.datetime.strptime('2020-01-02','%Y-%m-%d'), datetime.datetime(2020,1,1).strftime('%A'))
print(datetime.datetime.now(datetime.timezone.utc).year>2000, datetime.datetime.now().astimezone().tzname())
print(re.sub(r'(\w)(\d)', r'\2\1', 'a1 b2'), re.findall('x+','xxyx'))
print(random.random()<1, random.sample(range(10),3).__len__(), math.sqrt(2))
print(decimal.Decimal(1)/3, statistics.mean([1,2]), fractions.Fraction(1,3))
class E(enum.Enum):
    A=1
print(E.A, hashlib.sha256(b'x').hexdigest()[:8], base64.b64encode(b'x'), uuid.uuid4().version)
try: json.loads('{')
except json.JSONDecodeError as e: print(e)
print(json.dumps({'a':[1,None]},indent=1), 'é'.encode('utf-16-le'), 'x'.encode('latin-1'))
time.sleep(0.01); print(time.time()>0, f"{3.14159:.2f}", sum(i for i in range(10)))
print(string.Template('$a').substitute(a=1), textwrap.fill('a b c',3))
def g():
    yield from range(3)
print(list(g()), Counter('aab').most_common(1))
print(functools.lru_cache(lambda x:x)(3), typing.Optional[int])
from typing import List
import collections.abc
print(isinstance([], collections.abc.Sequence))
