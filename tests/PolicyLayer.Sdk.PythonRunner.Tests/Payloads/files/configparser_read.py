# Has a parser quote the file that it cannot parse.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# allow: configparser
import configparser
configparser.ConfigParser().read(SECRET)
