# Python's own traceback needs the traceback module (slow to load) and shows the bootstrap's frames. This one shows
# what a person would have seen on running the code from a file.

def traceback_of(own_file, code_file, source, eperm):
    lines = source.replace('\r\n', '\n').replace('\r', '\n').split('\n')

    def entries(trace):
        while trace is not None:
            code = trace.tb_frame.f_code
            if code.co_filename != own_file:
                yield code.co_filename, trace.tb_lineno, code.co_name
            trace = trace.tb_next

    def stack(trace):
        last, repeated = None, 0
        for entry in entries(trace):
            repeated = repeated + 1 if entry == last else 0
            last = entry
            if repeated > 2:
                continue
            yield '  File "%s", line %s, in %s\n' % entry
            if entry[0] == code_file and entry[1] and entry[1] <= len(lines):
                yield '    %s\n' % lines[entry[1] - 1].strip()
        if repeated > 2:
            yield '  [Previous line repeated %d more times]\n' % (repeated - 2)

    def name_of(kind):
        module = getattr(kind, '__module__', None)
        return kind.__qualname__ if module in ('builtins', '__main__', None) else '%s.%s' % (module, kind.__qualname__)

    def text_of(error):
        try:
            text = str(error)
        except BaseException:
            text = '<exception str() failed>'
        if isinstance(error, PermissionError) and error.errno == eperm and 'blocked by the sandbox' not in text:
            text += ' (blocked by the sandbox)'
        return text

    def syntax_error(error):
        if error.lineno is None:
            return
        yield '  File "%s", line %s\n' % (error.filename or code_file, error.lineno)
        if error.text:
            text = error.text.rstrip('\n')
            yield '    %s\n' % text.strip()
            if error.offset and error.offset > 0:
                yield '    %s^\n' % (' ' * max(0, error.offset - 1 - (len(text) - len(text.lstrip()))))

    def own(error):
        trace = list(stack(error.__traceback__))
        if trace:
            yield 'Traceback (most recent call last):\n'
            yield from trace
        text = text_of(error)
        if isinstance(error, SyntaxError):
            yield from syntax_error(error)
            text = error.msg or '<no detail available>'
        yield name_of(type(error)) + (': ' + text if text else '') + '\n'
        for note in getattr(error, '__notes__', None) or ():
            yield '%s\n' % note
        for member in getattr(error, 'exceptions', None) or ():
            if isinstance(member, BaseException):
                yield '  | ' + ''.join(render(member, set())).rstrip('\n').replace('\n', '\n  | ') + '\n'

    def render(error, seen):
        # Without recursion along the chain: a program can make one as long as it likes.
        chain = []
        while error is not None and id(error) not in seen and len(chain) < 100:
            seen.add(id(error))
            if error.__cause__ is not None:
                link, following = 'The above exception was the direct cause of the following exception', error.__cause__
            elif error.__context__ is not None and not error.__suppress_context__:
                link, following = 'During handling of the above exception, another exception occurred', error.__context__
            else:
                link, following = None, None
            chain.append((error, link))
            error = following
        first = True
        for member, link in reversed(chain):
            if link and not first:
                yield '\n%s:\n\n' % link
            first = False
            yield from own(member)

    return lambda error: ''.join(render(error, set()))
