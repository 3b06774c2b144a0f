# Searches by a pattern that takes for ever.
# evidence: unstoppable
# held by: timer
# allow: re
# baseline: bare
import re
re.match('(a+)+$', 'a' * 60 + 'b')
