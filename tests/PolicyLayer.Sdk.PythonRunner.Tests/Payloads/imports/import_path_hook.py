# Has the finder of paths look into a folder of the host.
# evidence: token
# held by: seccomp, landlock, empty_root, audit
# with: graph
for hook in sys.path_hooks:
    try:
        finder = hook(MODULES)
        spec = finder.find_spec('planted')
        print(spec.loader.get_data(spec.origin))
    except ImportError:
        pass
