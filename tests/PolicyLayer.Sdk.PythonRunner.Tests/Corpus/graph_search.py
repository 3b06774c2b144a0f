# allow: collections
from collections import deque

graph = {"A": ["B", "C"], "B": ["D"], "C": ["D", "E"], "D": ["F"], "E": ["F"], "F": []}
queue, seen = deque([("A", ["A"])]), {"A"}
while queue:
    node, path = queue.popleft()
    if node == "F":
        print(" -> ".join(path))
        break
    for following in graph[node]:
        if following not in seen:
            seen.add(following)
            queue.append((following, path + [following]))
