# Runs the code. Everything it needs later is handed in, because the bootstrap's globals are empty by then.

def execution(source, main, page, render, system, write, leave, compiled, watch, execute):
    own = (system['stdout'], system['stderr'])

    def flush():
        # The error of an output that has kept what was printed; None when all of it is out. The program may have put
        # others in place of ours: ours hold what was printed before, and those write into ours.
        lost = None
        for stream in (*own, system.get('stdout'), system.get('stderr'), *own):
            try:
                if stream is not None:
                    stream.flush()
            except ValueError:
                pass   # closed, or another's by now: nothing is left in it
            except BaseException as error:
                lost = error
        return lost

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
                ending = 0
            except SystemExit as exit:
                ending = exit_code(exit)
            except BaseException as error:
                ending = fail(error)
            lost = flush()
            if lost is not None and ending == 0:
                fail(lost)
                ending = 120   # as Python itself has it
            code = ending
        except MemoryError:
            page[0] = 1   # there was none left even to say so
        except BaseException:
            flush()   # the program keeps us from telling how it ended: what it printed gets out all the same
        finally:
            leave(code)

    return run, alarm
