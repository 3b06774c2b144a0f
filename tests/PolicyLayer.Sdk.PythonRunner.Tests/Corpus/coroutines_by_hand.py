# allow: types
import types


@types.coroutine
def pause():
    return (yield "paused")


async def work(name):
    got = await pause()
    return f"{name} got {got}"


job = work("job")
print(job.send(None))
try:
    job.send(42)
except StopIteration as stop:
    print(stop.value)
