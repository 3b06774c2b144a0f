# allow: collections
from collections import Counter, defaultdict, deque, OrderedDict

letters = Counter("mississippi")
print(letters.most_common(2), sum(letters.values()))
groups = defaultdict(list)
for name in ["Ann", "Bob", "Amy", "Bea", "Cid"]:
    groups[name[0]].append(name)
print(dict(groups))
window = deque(maxlen=3)
for i in range(6):
    window.append(i)
print(list(window), list(OrderedDict.fromkeys("banana")))
