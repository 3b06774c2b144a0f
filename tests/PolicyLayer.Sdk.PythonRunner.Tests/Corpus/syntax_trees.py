# allow: ast
import ast

text = "total = price * (1 + rate)"
tree = ast.parse(text)
names = sorted(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
print(names, ast.unparse(tree), ast.get_source_segment(text, tree.body[0].value))
print(ast.literal_eval("{'a': [1, 2], 'b': None}"))
