# Runs code that no compiler made: its names were exchanged afterwards.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user, audit
def run():
    return len(SECRET)


changed = run.__code__.replace(co_names=tuple('open' if name == 'len' else name for name in run.__code__.co_names))
print(type(run)(changed, {'SECRET': SECRET, '__builtins__': __builtins__})().read())
