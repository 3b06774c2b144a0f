# No import statement: the way from any object to the modules the interpreter itself uses.
def descendants(kind, seen):
    for child in type.__subclasses__(kind):
        if child not in seen:
            seen.append(child)
            descendants(child, seen)
    return seen


kinds = descendants(().__class__.__base__, [])
importer = [kind for kind in kinds if kind.__name__ == 'BuiltinImporter'][0]
posix = importer.load_module('posix')


def attempt(name, *arguments):
    try:
        print(name, 'gave', getattr(posix, name)(*arguments))
    except OSError as error:
        print(name, 'errno', error.errno)


descriptor = None
attempt('open', PATH, 0)
attempt('open', PATH + '.marker', 0o101)
attempt('listdir', '/')
attempt('stat', '/etc/passwd')
attempt('readlink', '/proc/self/exe')
attempt('getcwd')
attempt('fork')
attempt('execv', '/bin/sh', ['sh', '-c', ': > ' + PATH + '.marker'])
attempt('posix_spawn', '/bin/sh', ['sh', '-c', ': > ' + PATH + '.marker'], {})
attempt('kill', 1, 0)
attempt('pipe')
attempt('dup', 1)
attempt('memfd_create', 'x')
attempt('mkdir', PATH + '.marker')
attempt('chmod', PATH, 0o777)
attempt('unlink', PATH)
attempt('system', ': > ' + PATH + '.marker')
loaders = [kind for kind in kinds if kind.__name__ == 'FileLoader']
try:
    print(loaders[0].get_data(loaders[0]('x', PATH), PATH))
except OSError as error:
    print('get_data', 'errno', error.errno)
