# allow: bisect, heapq
import bisect
import heapq

heap = []
for task in [(3, "low"), (1, "high"), (2, "mid")]:
    heapq.heappush(heap, task)
print([heapq.heappop(heap)[1] for _ in range(3)], heapq.nlargest(2, [4, 9, 1]))
grades = [60, 70, 80, 90]
print(["FDCBA"[bisect.bisect(grades, score)] for score in (33, 60, 77, 89, 90)])
