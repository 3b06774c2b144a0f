# The order of things. Only the worker comes back from start(), with nothing left to do but run the code.

def take_signals():
    # What the host ignores or blocks is inherited. A SIGCHLD that is ignored would have the kernel reap the worker, and
    # nobody would know how it ended; a SIGALRM that is blocked would lose what was printed at the deadline.
    _signal.signal(SIGCHLD, _signal.SIG_DFL)
    _signal.pthread_sigmask(_signal.SIG_SETMASK, ())


def lock_supervisor(configuration, layers, call):
    take_signals()
    layers.apply('closed_descriptors', close_others, call, 3)
    try:
        posix.setsid()
    except OSError:
        pass   # already a leader
    posix.umask(0o077)
    preload(configuration.preload, configuration.codecs)
    unloaded = left_unloaded(configuration.preload) if configuration.is_pooled else []
    # Landlock forbids mounts, and the change of user takes the right to them away: namespaces come first.
    enter_namespaces(layers, call)
    layers.apply('empty_root', empty_root, call, layers)
    drop_bounding_set(call)
    become_other_user(layers)
    layers.apply('no_new_privileges', no_new_privileges, call)
    layers.apply('landlock', landlock, call)
    for gap in landlock_gaps(call) if 'landlock' in layers.holding else ():
        layers.miss(gap, 'this kernel is too old')
    return unloaded


def start():
    configuration = Configuration(part().decode())
    layers = Layers(configuration)
    call = SystemCalls(configuration.numbers)
    try:
        unloaded = lock_supervisor(configuration, layers, call)
        page, *others = outfit(configuration, call)
        supervisor = posix.getpid()
        child = fork_worker(call)
        if child is None:
            return start_worker(configuration, layers, call, supervisor, page, *others)
        holding, missing, *reasons = await_ready(child)
        if 'seccomp' in holding.split(','):
            seccomp(call, configuration.supervisor_filter)
        send_fields(REPORT, layers=holding, missing=missing, unloaded=','.join(unloaded),
                    **dict(('why_' + reason).split('=', 1) for reason in reasons))
        host = HostInput(child)
        timeout, source = host.timeout(configuration.cpu_seconds), host.field()
        if hand_over(source) or page[0] == 1:
            send(STARTED, b'')
            Supervisor(configuration, child, page, timeout).run()
        else:
            child.end()
    except Refusal as refusal:
        send_fields(REFUSED, layer=refusal.layer, reason=refusal.reason)
    except OSError as error:
        send_fields(REFUSED, layer='supervisor', reason=error)
    posix._exit(0)


def start_worker(configuration, layers, call, supervisor, page, *others):
    try:
        lock_worker(configuration, layers, call, supervisor)
    except Refusal as refusal:
        tell('refused\n%s\n%s' % (refusal.layer, refusal.reason))
        posix._exit(1)
    except Exception as error:
        tell('refused\nworker\n%s: %s' % (type(error).__name__, error))
        posix._exit(1)
    try:
        return prepare_run(configuration, layers, page, *others)
    except MemoryError:
        # The text of the program alone is too large. The supervisor may have seen no more of us than the end of its pipe.
        page[0] = 1
        posix.write(2, b'MemoryError\n')
        posix._exit(1)


def finish(run, scope, own_builtins):
    # What the functions below still need, they carry themselves.
    scope.clear()
    scope['__builtins__'] = own_builtins
    run()


finish(start(), globals(), builtins)
