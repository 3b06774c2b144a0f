# Finds the class of open files among the subclasses of object.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
def descendants(kind):
    for child in type.__subclasses__(kind):
        yield child
        yield from descendants(child)


file = [kind for kind in descendants(object) if kind.__name__ == 'FileIO'][0]
print(file(SECRET).read())
