"""Builds the wheel with one package, `isnad_arabic`, since `helpers` can be the name of another package.

The modules of `src/helpers` are included as `isnad_arabic/_helpers`, and their imports of each other are renamed, also
in notebooks: module names in Python's syntax, and in strings if the name of a room follows
(`import_module(f"helpers.inputs.{name}")`, `python -m helpers.cli.entry`). The result is parsed again and must differ
only in these names, or the build fails. An editable installation is not changed.
"""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OURS, HOLDER, INSIDE = "helpers", "isnad_arabic", "_helpers"
THERE = f"{HOLDER}.{INSIDE}"
RESOURCES = ("data/lexicon", "data/schema", "notebooks", "templates")  # helpers.files.paths finds them


class Hook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the renamed modules into a wheel; hatchling finds this class."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        self._made = TemporaryDirectory()  # kept until the wheel is written
        for name, content in files(Path(self.root)):
            path = Path(self._made.name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            build_data["force_include"][str(path)] = name

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._made.cleanup()


def files(root: Path) -> Iterator[tuple[str, bytes]]:
    """(name in the wheel, bytes) of all files of the wheel, in a fixed order."""
    names = Names(path.stem for path in (root / "src" / OURS).iterdir())
    for folder, target in ((HOLDER, HOLDER), (OURS, f"{HOLDER}/{INSIDE}")):
        for path in _below(root / "src" / folder):
            yield f"{target}/{path.relative_to(root / 'src' / folder).as_posix()}", names.of_file(path)
    for name in RESOURCES:
        for path in _below(root / name):
            yield f"{HOLDER}/{INSIDE}/resources/{path.relative_to(root).as_posix()}", names.of_file(path)


def _below(folder: Path) -> Iterator[Path]:
    hidden = ("__pycache__", ".ipynb_checkpoints", ".DS_Store")
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not set(hidden) & set(path.parts):
            yield path


class Names(ast.NodeTransformer):
    """Renames modules in code by the positions of its syntax, and in a syntax tree, with which the result is compared.

    rooms    the names in `helpers`: in a string, only before one of these is `helpers.` the name of a module
    """

    def __init__(self, rooms: Iterator[str]) -> None:
        each = "|".join(sorted(map(re.escape, rooms)))
        self._said = re.compile(rf"(?<![\w./\\-]){OURS}(?=\.(?:{each})\b)")

    def of_file(self, path: Path) -> bytes:
        """The bytes of a file, with modules renamed if it is Python or a notebook."""
        if path.suffix == ".py":
            return self.of_code(path.read_text(encoding="utf-8"), str(path)).encode()
        if path.suffix == ".ipynb":
            notebook = json.loads(path.read_text(encoding="utf-8"))
            for number, cell in enumerate(notebook["cells"]):
                if cell["cell_type"] == "code":
                    code = self.of_code("".join(cell["source"]), f"{path}, cell {number}")
                    cell["source"] = code.splitlines(keepends=True)
            return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()
        return path.read_bytes()

    def of_code(self, code: str, name: str) -> str:
        """Python code with its modules renamed. Raises ValueError if one is used in a way that cannot be renamed."""
        tree = ast.parse(code, name)
        made, begins = code.encode(), [0]
        for line in made.splitlines(keepends=True):
            begins.append(begins[-1] + len(line))
        edits = []
        for node in _named_in(tree):
            start = begins[node.lineno - 1] + node.col_offset
            end = begins[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
            edits.append((start, end, self._renamed(node, made[start:end].decode())))
        for start, end, text in sorted(edits, reverse=True):  # from the end, so that earlier positions remain valid
            made = made[:start] + text.encode() + made[end:]
        if ast.dump(ast.parse(made, name)) != ast.dump(self.visit(tree)):
            raise ValueError(
                f"{name}: a module of {OURS} is named in a way that cannot be renamed; import it by `from`"
            )
        return made.decode()

    def _renamed(self, node: ast.AST, text: str) -> str:
        if isinstance(node, ast.ImportFrom):
            return re.sub(rf"\A(from\s+){OURS}\b", rf"\1{THERE}", text) if node.level == 0 else text
        if isinstance(node, ast.Import):
            text = re.sub(rf"\Aimport\s+{OURS}\Z", f"from {HOLDER} import {INSIDE} as {OURS}", text)
            return re.sub(rf"\A(import\s+){OURS}\b(?=.* as )", rf"\1{THERE}", text)
        return self._said.sub(THERE, text)

    def visit_Import(self, node: ast.Import) -> ast.Import | ast.ImportFrom:
        """`import helpers`, with the same name bound."""
        (first, *more) = node.names
        if (first.name, first.asname, more) == (OURS, None, []):
            return ast.ImportFrom(HOLDER, [ast.alias(INSIDE, OURS)], 0)
        for each in node.names:
            each.name = _there(each.name)
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.ImportFrom:
        """`from helpers.files import paths`, an absolute import."""
        node.module = node.module and _there(node.module) if node.level == 0 else node.module
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """A string, or the text between the values of an f-string."""
        if isinstance(node.value, str):
            node.value = self._said.sub(THERE, node.value)
        return node


def _there(module: str) -> str:
    return re.sub(rf"\A{OURS}(?=\.|\Z)", THERE, module)


def _named_in(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """The nodes that can name modules: imports and strings, with an f-string as a whole."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Constant):
        if not isinstance(node, ast.Constant) or isinstance(node.value, str):
            yield node
        return
    for each in ast.iter_child_nodes(node):
        yield from _named_in(each)
