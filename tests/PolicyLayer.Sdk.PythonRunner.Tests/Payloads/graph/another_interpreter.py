# Starts another interpreter in the same process, where nobody set an audit hook.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# allow: _interpreters
# needs: python>=3.13
import _interpreters

_interpreters.exec(_interpreters.create(), "print(open(" + repr(SECRET) + ", 'rb').read(), flush=True)")
