# Asks the kernel for every call that the filter neither allows nor ends the process for, and prints what was not EPERM.
import ctypes

call = ctypes.CDLL(None, use_errno=True).syscall
for number in range(500):
    if number not in SKIPPED:
        result = call(number, -1, 0, 0, 0, 0, 0)
        error = ctypes.get_errno()
        if result != -1 or error != 1:
            print(number, result, error)
print('swept')
