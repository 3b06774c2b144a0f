# Makes an archive.
# evidence: file
# held by: seccomp, landlock, empty_root, audit
# allow: zipfile
import zipfile
zipfile.ZipFile(OPEN + '/made', 'w')
