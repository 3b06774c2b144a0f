# Makes a data base: native code of a module that the host allows.
# evidence: file
# held by: seccomp, landlock, empty_root, audit
# allow: sqlite3
import sqlite3
sqlite3.connect(OPEN + '/made').execute('select * from sqlite_master')
