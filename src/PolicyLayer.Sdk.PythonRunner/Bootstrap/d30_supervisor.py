# Carries the worker's output to the host, ends it when its time or its output is used up, and says how it ended.

class Supervisor:
    def __init__(self, configuration, child, page, timeout):
        self._child = child
        self._page = page
        self._room = {OUT: configuration.output_limits[0], ERR: configuration.output_limits[1]}
        self._truncated = {OUT: False, ERR: False}
        self._timeout = timeout
        self._cpu_seconds = configuration.cpu_seconds
        self._why = None
        self._poll = select.poll()
        for descriptor in (HOST, PROCESS, OUT, ERR):
            self._poll.register(descriptor, select.POLLIN)

    def run(self):
        started = time.monotonic()
        deadline = started + self._timeout
        waiting = {PROCESS, OUT, ERR}
        while waiting:
            for descriptor, _ in self._poll.poll(max(0, deadline - time.monotonic()) * 1000 + 1):
                if not self._handle(descriptor):
                    self._poll.unregister(descriptor)
                    waiting.discard(descriptor)
            if time.monotonic() >= deadline and PROCESS in waiting:
                deadline = self._expire()
        wall = time.monotonic() - started
        self._child.reap()
        self._report(wall)

    def _handle(self, descriptor):
        if descriptor == PROCESS:
            return False
        if descriptor == HOST:
            if not posix.read(HOST, 4096):
                self._child.end()
                posix._exit(0)
            return True
        content = posix.read(descriptor, 65536)
        if content:
            self._forward(descriptor, content)
        return bool(content)

    def _forward(self, descriptor, content):
        room = self._room[descriptor]
        if len(content) > room:
            self._truncated[descriptor] = True
            self._why = self._why or 'output_limit'
            self._child.signal(SIGKILL)
            content = content[:room]
        if content:
            self._room[descriptor] = room - len(content)
            send(OUTPUT if descriptor == OUT else ERRORS, content)

    def _expire(self):
        # First the alarm, so that what is printed already gets out; then the end.
        if self._why == 'timeout':
            self._child.signal(SIGKILL)
            return time.monotonic() + 3600
        self._why = self._why or 'timeout'
        self._child.signal(SIGALRM)
        return time.monotonic() + 0.05

    def _report(self, wall):
        status, usage = self._child.status, self._child.usage
        signal = status & 0x7f
        cpu = usage.ru_utime + usage.ru_stime
        why = self._why
        if why is None and signal == SIGKILL and cpu >= self._cpu_seconds - 0.1:
            why = 'timeout'
        if why is None and signal == 0 and self._page[0] == 1:
            why = 'memory'
        send_fields(EXIT, why=why or ('signaled' if signal else 'exited'), code=status >> 8, signal=signal,
                    wall_us=int(wall * 1e6), cpu_us=int(cpu * 1e6), peak_kb=usage.ru_maxrss,
                    stdout_truncated=int(self._truncated[OUT]), stderr_truncated=int(self._truncated[ERR]))
