# Reads os.environ through a module that the host allows.
# evidence: token
# held by: environment
# allow: random
# baseline: bare
import random
print(ENVIRONMENT, dict(random._os.environ))
