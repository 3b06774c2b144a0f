# Imports a module that lies in a folder of the host.
# evidence: token
# held by: seccomp, landlock, empty_root, audit, import_gate
# with: graph
sys.path.insert(0, MODULES)
import planted
print(planted.TOKEN)
