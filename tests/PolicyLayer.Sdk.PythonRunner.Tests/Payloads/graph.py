def descendants(kind, seen):
    for child in type.__subclasses__(kind):
        if child not in seen:
            seen.append(child)
            descendants(child, seen)
    return seen


kinds = descendants(object, [])
importer = [kind for kind in kinds if kind.__name__ == 'BuiltinImporter'][0]
posix = importer.load_module('posix')
sys = importer.load_module('sys')


def show(descriptor):
    posix.write(1, posix.read(descriptor, 65536))


def make(path):
    posix.close(posix.open(path, 0o101, 0o666))
