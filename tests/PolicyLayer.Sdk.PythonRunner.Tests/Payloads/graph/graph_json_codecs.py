# Reaches open through json.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: json
import json
print(json.codecs.builtins.open(SECRET).read())
