# Connects by the module below socket, without an import statement.
# evidence: received
# held by: seccomp, landlock_tcp, network_namespace, audit
# with: graph
# allow: _socket
loader = importer if '_socket' in sys.builtin_module_names else None
_socket = loader.load_module('_socket') if loader else sys.modules['_socket']
_socket.socket(2, 1, 0).connect(('127.0.0.1', TCP))
