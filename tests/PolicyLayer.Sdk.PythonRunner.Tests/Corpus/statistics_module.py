# allow: statistics
import statistics

scores = [85, 92, 78, 95, 88, 92, 70]
print("mean", round(statistics.mean(scores), 3))
print("median", statistics.median(scores))
print("mode", statistics.mode(scores))
print("stdev", round(statistics.stdev(scores), 4))
print("quartiles", [round(q, 2) for q in statistics.quantiles(scores, n=4)])
