# Runs the code. Everything it needs later is handed in, because the bootstrap's globals are empty by then.

def execution(source, main, page, render, stdout, stderr, write, leave, compiled, watch, execute):
    def flush():
        for stream in (stdout, stderr):
            try:
                stream.flush()
            except BaseException:
                pass

    def say(text):
        flush()
        rest = text.encode('utf-8', 'backslashreplace')
        while rest:
            rest = rest[write(2, rest):]

    def alarm(signal, frame):
        flush()
        leave(137)

    def exit_code(exit):
        code = exit.code
        if code is None:
            return 0
        if isinstance(code, int):
            return int.__and__(code, 0xff) if int.bit_length(code) < 64 else 0xff
        say('%s\n' % (code,))
        return 1

    def fail(error):
        if isinstance(error, MemoryError):
            page[0] = 1
            error.__traceback__ and clear(error.__traceback__)
        try:
            say(render(error))
        except BaseException:
            say('%s\n' % type(error).__name__)
        return 130 if isinstance(error, KeyboardInterrupt) else 1

    def clear(trace):
        # The frames hold what filled the memory, and the report needs some.
        while trace is not None:
            try:
                trace.tb_frame.clear()
            except RuntimeError:
                pass
            trace = trace.tb_next

    def run():
        nonlocal compiled, watch
        code = 1   # until it is known better: telling how it ended can fail, too
        try:
            try:
                program = compiled(source)
                watch()   # not before: from 3.14 on the call above is an event that the hook refuses
                compiled = watch = None   # native code and its guard, and not for the program to find
                execute(program, main)
                code = 0
            except SystemExit as exit:
                code = exit_code(exit)
            except BaseException as error:
                code = fail(error)
            flush()
        finally:
            leave(code)

    return run, alarm
