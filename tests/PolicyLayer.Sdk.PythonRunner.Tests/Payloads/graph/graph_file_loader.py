# Has the loader of modules read any file.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
def descendants(kind, seen):
    for child in type.__subclasses__(kind):
        if child not in seen:
            seen.append(child)
            descendants(child, seen)
    return seen


loader = [kind for kind in descendants(object, []) if kind.__name__ == 'SourceFileLoader'][0]
print(loader('x', SECRET).get_data(SECRET))
