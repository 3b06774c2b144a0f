# allow: time
import time

start = time.perf_counter()
total = sum(i * i for i in range(10000))
time.sleep(0.001)
elapsed = time.perf_counter() - start
print(total, elapsed > 0, time.gmtime(0).tm_year, time.strftime("%Y-%m-%d", time.gmtime(86400)))
