# Supervisor to host: one letter, the length, the content.

REPORT, STARTED, OUTPUT, ERRORS, EXIT, REFUSED = b'r', b's', b'o', b'e', b'x', b'n'

HAS_CODE = b'!'   # worker to supervisor, the last of their talk


def send_all(descriptor, content):
    while content:
        content = content[posix.write(descriptor, content):]


def take(count):
    # From standard input. Its end is the end of whoever speaks there, and nobody wants half of what was said.
    content = bytearray()
    while len(content) < count:
        part = posix.read(0, min(count - len(content), 65536))
        if not part:
            posix._exit(0)
        content += part
    return bytes(content)


def field():
    return take(int.from_bytes(take(4), 'little'))


def send(kind, content):
    send_all(1, kind + little(len(content), 4) + content)


def send_fields(kind, **fields):
    send(kind, ''.join('%s=%s\n' % (name, str(value).replace('\n', ' ')) for name, value in fields.items())
         .encode('utf-8', 'backslashreplace'))
