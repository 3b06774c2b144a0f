# The supervisor's hold on the worker. The descriptors have fixed numbers because the supervisor's filter names them.

HOST, PROCESS, CODE, OUT, ERR = 0, 3, 4, 5, 6


class Child:
    def __init__(self, call, number):
        self._call = call
        self._number = number
        self.usage = None
        self.status = None

    def signal(self, signal):
        self._call.error('pidfd_send_signal', PROCESS, signal, 0, 0)   # it may have ended: no matter

    def reap(self):
        _, self.status, self.usage = posix.wait4(self._number, 0)

    def end(self):
        self.signal(SIGKILL)
        self.reap()


def fork_worker(call):
    # Returns None in the worker, which then has its pipes as 0, 1 and 2 and nothing else.
    code, out, err = posix.pipe(), posix.pipe(), posix.pipe()
    number = posix.fork()
    if number == 0:
        posix.setsid()   # a signal to process 0 goes to the whole group, out of the namespace and to the supervisor
        for descriptor, target in ((code[0], 0), (out[1], 1), (err[1], 2)):
            posix.dup2(descriptor, target)
        return None
    process = call('pidfd_open', number, 0)
    for descriptor, target in ((process, 63), (code[1], 64), (out[0], 65), (err[0], 66)):
        posix.dup2(descriptor, target)
    for target in (PROCESS, CODE, OUT, ERR):
        posix.dup2(target + 60, target)
    close_others(call, ERR + 1)
    return Child(call, number)
