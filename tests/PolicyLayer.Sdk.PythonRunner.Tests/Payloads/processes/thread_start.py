# Starts a thread by the module below threading.
# evidence: process
# held by: seccomp, process_limit, audit>=3.12
# with: graph
importer.load_module('_thread').start_new_thread(importer.load_module('time').sleep, (0.3,))
importer.load_module('time').sleep(0.2)
