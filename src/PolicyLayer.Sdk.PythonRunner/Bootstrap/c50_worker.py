# The worker locks itself for good, says so, and waits: only then is it given the code.

def outfit(configuration, call):
    # Made before the fork: after it, each page of memory is copied when it is first written to, and this writes to many.
    sys.stdout.reconfigure(errors='strict')
    gate = import_gate(configuration.allowed, sys.modules, builtins.__import__, explain_allowed(configuration.allowed))
    return shared_byte(call), compiler('<code>'), gate


def lock_worker(configuration, layers, call, parent):
    if 'pid_namespace' in layers.holding and posix.getpid() != 1:
        raise Refusal('pid_namespace', 'the worker is not the first in it')
    layers.apply('capabilities', drop_capabilities, call)
    if layers.wanted('closed_descriptors'):
        close_others(call, 3)
    if 'landlock' in layers.holding:
        layers.apply('landlock_worker', landlock, call)   # one domain down: signals to the supervisor are out of scope
    layers.apply('limits', limits, configuration)
    layers.apply('deny_write_execute', memory_deny_write_execute, call)
    # Both of these are cleared by a change of credentials, so they come after the last.
    layers.apply('not_dumpable', not_dumpable, call)
    layers.apply('parent_death_signal', die_with, call, parent)
    _signal.signal(SIGALRM, _signal.SIG_IGN)
    layers.apply('seccomp', seccomp, call, configuration.worker_filter)
    if 'seccomp' in layers.holding:
        layers.apply('self_test', self_test, call)
    else:
        layers.miss('self_test', 'there is no filter to test')
    reasons = ('%s=%s' % (layer, str(reason).replace('\n', ' ')) for layer, reason in layers.reasons.items())
    tell('\n'.join(('ready', ','.join(layers.holding), ','.join(layers.missing), *reasons)))


def prepare_run(configuration, layers, page, compiled, gate):
    source = field()
    text = source.decode()
    send_all(1, HAS_CODE)
    main = type(sys)('__main__')
    main.__builtins__ = builtins
    set_up_builtins(layers, gate)
    for name in ('_ctypes', 'resource', 'select'):
        if name not in configuration.preload:
            sys.modules.pop(name, None)
    sys.modules['__main__'] = main
    if 'linecache' in sys.modules:
        # for traceback and inspect, which would look for a file of this name
        lines = [line + '\n' for line in text.split('\n')]
        sys.modules['linecache'].cache['<code>'] = (len(text), None, lines, '<code>')
    render = traceback_of('<sandbox>', '<code>', text, EPERM)
    run, alarm = execution(source, main.__dict__, page, render, sys.__dict__, posix.write, posix._exit,
                           compiled, watching(layers), exec)
    _signal.signal(SIGALRM, alarm)
    return run


def set_up_builtins(layers, gate):
    # site would have added exit and quit, and programs written for a terminal use them.
    def exit(code=None):
        raise SystemExit(code)

    builtins.exit = builtins.quit = exit
    if layers.wanted('import_gate'):
        builtins.__import__ = gate


def watching(layers):
    # Sets the audit hook when it is called; what it needs it holds.
    if not layers.wanted('audit'):
        return lambda: None
    add, hook = sys.addaudithook, audit_hook(AUDITED, PermissionError, EPERM)
    return lambda: add(hook)


def tell(text):
    message = text.encode()
    send_all(1, little(len(message), 4) + message)
