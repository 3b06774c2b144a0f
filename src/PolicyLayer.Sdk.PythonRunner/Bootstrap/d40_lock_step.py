# The short talk between supervisor and worker before the code is handed over.

def await_ready(child):
    poll = select.poll()
    poll.register(HOST, select.POLLIN)
    poll.register(OUT, select.POLLIN)
    message = b''
    while len(message) < 4 or len(message) < 4 + int.from_bytes(message[:4], 'little'):
        for descriptor, _ in poll.poll():
            content = posix.read(descriptor, 4096)
            if content:
                message += content if descriptor == OUT else b''
            elif descriptor == HOST:
                child.end()
                posix._exit(0)
            else:
                child.end()
                raise Refusal('worker', 'it ended with status %d before it was locked' % child.status)
    state, *rest = message[4:].decode().split('\n')
    if state != 'ready':
        child.end()
        raise Refusal(*rest[:2])
    return rest


class HostInput:
    # What the host sends once it knows of the report, at once or hours later. It watches the worker meanwhile.
    def __init__(self, child):
        self._child = child
        self._poll = select.poll()
        self._poll.register(HOST, select.POLLIN)
        self._poll.register(PROCESS, select.POLLIN)

    def field(self):
        return self._take(int.from_bytes(self._take(4), 'little'))

    def timeout(self, most):
        try:
            seconds = float(self.field())
        except ValueError:
            seconds = 0
        if not 0 < seconds <= most:   # a number that is none is in no range
            self._child.end()
            raise Refusal('supervisor', 'the time-out is not one')
        return seconds

    def _take(self, count):
        content = bytearray()
        while len(content) < count:
            for descriptor, _ in self._poll.poll():
                part = posix.read(HOST, min(count - len(content), 65536)) if descriptor == HOST else b''
                if not part:
                    self._child.end()
                    posix._exit(0)
                content += part
                break
        return bytes(content)


def hand_over(source):
    # Whether the worker has it, by its own word: one that died while it waited never began, and the host may give the
    # program to another.
    try:
        send_all(CODE, little(len(source), 4) + source)
    except BrokenPipeError:
        return False
    posix.close(CODE)
    return posix.read(OUT, 1) == HAS_CODE
