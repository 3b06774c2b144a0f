# Turns attempts the kernel refuses anyway into errors that say what happened. One statement of native code switches
# an audit hook off, so nothing rests on it. What namedtuple, dataclass and the like need is not listed.

AUDITED = {
    'open': 'file access', 'os': 'access to the operating system', 'shutil': 'file access', 'glob': 'file access',
    'tempfile': 'file access', 'pathlib': 'file access', 'fcntl': 'file access', 'mmap': 'memory mapping',
    'socket': 'network access', 'urllib': 'network access', 'http': 'network access', 'ftplib': 'network access',
    'smtplib': 'network access', 'imaplib': 'network access', 'poplib': 'network access',
    'telnetlib': 'network access', 'nntplib': 'network access', 'subprocess': 'starting programs',
    'pty': 'starting programs', 'webbrowser': 'starting programs', 'ctypes': 'native code',
    '_thread': 'starting threads', 'sqlite3': 'file access', 'syslog': 'access to the operating system',
    'resource': 'access to the operating system', 'signal': 'sending signals',
}


def audit_hook(explanations, refused, errno):
    def hook(event, arguments):
        what = explanations.get(event) or explanations.get(event.partition('.')[0])
        if what is None:
            return
        message = what + ' is blocked by the sandbox'
        if arguments and type(arguments[0]) in (str, bytes):
            raise refused(errno, message, arguments[0])
        raise refused(errno, message)

    return hook
