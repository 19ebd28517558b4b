"""The arrows of the house: which room may know which. Read from the sources, without running them.

4  doors   newsroom · articles.admin · management commands · templatetags
3  rooms   desk  site  talk  exchange   (side by side)
2  press
1  models
0  text
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

HOUSE = Path(__file__).resolve().parent.parent
ROOMS = ("desk", "site", "talk", "exchange")
LEVELS = {"text": 0, "models": 1, "press": 2, **dict.fromkeys(ROOMS, 3)}
DOORS = 4
# migrations are frozen history: written once, outside today's rules
SOURCES = sorted(
    path
    for folder in ("articles", "newsroom")
    for path in (HOUSE / folder).rglob("*.py")
    if "migrations" not in path.parts
)
# the press may name what is not published; these others may too, each for its reason
MAY_NAME_THE_UNPUBLISHED = {
    "articles.models.articles": "defines it",
    "articles.models.counts": "takes what is under embargo off the numbers that are kept",
    "articles.models.questions": "asks for what is visible in queries that are built once",
    "articles.desk.dashboard": "shows editors the week to come, embargoes too",
    "articles.desk.library": "lists every article for editors",
    "articles.desk.stories": "leads from a manuscript to its article, printed yet or not",
    "articles.exchange.archive": "numbers a large archive after all that there is",
    "articles.exchange.demo": "takes the whole demonstration away again",
    "articles.talk.moderation": "locks the article of a comment, also when that was taken back since",
}
BAD_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "services", "service"}
SAID_TO_READERS = {f"articles.talk.{name}" for name in ("views", "posting", "threads", "forms")}
DESK_MODELS = {"Story", "Revision", "Byline"}


def name_of(path: Path) -> str:
    words = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(words[:-1] if words[-1] == "__init__" else words)


MODULES = {name_of(path): path for path in SOURCES}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def level(module: str) -> int:
    words = module.split(".")
    return LEVELS.get(words[1], DOORS) if words[0] == "articles" and len(words) > 1 else DOORS


def room(module: str) -> str:
    return module.split(".")[1] if level(module) == 3 else ""


def named_by(node: ast.AST, module: str) -> Iterator[str]:
    """The modules of ours that one import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in MODULES)
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, f"{module} imports relatively; write the whole name"
        inside = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name if name in MODULES else node.module or "" for name in inside)


@cache
def imports(module: str) -> frozenset[str]:
    found = {name for node in ast.walk(tree(module)) for name in named_by(node, module)}
    return frozenset(name for name in found if name in MODULES and name != module)


ARROWS = [(module, other) for module in MODULES for other in sorted(imports(module))]


def broken(rule: str, places: list[str]) -> str:
    return rule + ":\n  " + "\n  ".join(places)


def test_imports_point_down_only() -> None:
    up = [f"{module} imports {other}" for module, other in ARROWS if level(other) > level(module)]
    assert not up, broken("text ← models ← press ← rooms ← doors", up)


def test_no_room_knows_another_room() -> None:
    across = [
        f"{module} imports {other}"
        for module, other in ARROWS
        if room(module) and room(other) and room(module) != room(other)
    ]
    assert not across, broken("desk, site, talk and exchange stand side by side", across)


def test_text_knows_no_database() -> None:
    heavy = [
        f"{module} imports {node.module}"
        for module in MODULES
        if level(module) == 0
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("django.db", "django.http"))
    ]
    assert not heavy, broken("text is pure", heavy)


def test_no_function_hides_an_import() -> None:
    hidden = [
        f"{module}, line {node.lineno}"
        for module in MODULES
        for function in ast.walk(tree(module))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden, broken("imports stand at the top of a module", hidden)


def circle_from(start: str) -> list[str]:
    """A way that leads from a module back to itself, or nothing."""
    ways, seen = [[start]], set()
    while ways:
        way = ways.pop()
        for following in imports(way[-1]):
            if following == start:
                return [*way, start]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def test_no_import_goes_in_a_circle() -> None:
    circles = [" → ".join(circle) for circle in map(circle_from, MODULES) if circle]
    assert not circles, broken("modules import in one direction", circles)


def test_no_module_is_named_after_nothing() -> None:
    vague = [module for module in MODULES if BAD_NAMES & set(module.split("."))]
    assert not vague, broken("a module is named for what it holds", vague)


def test_no_signal_runs_between_our_own_modules() -> None:
    signals = [
        f"{module}, line {node.lineno}"
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ImportFrom) and re.search(r"\bsignals?\b|dispatch", node.module or "")
    ]
    assert not signals, broken("call the function", signals)


def test_only_those_who_print_or_moderate_may_name_what_is_not_published() -> None:
    naming = {
        module
        for module in MODULES
        if not f"{module}.".startswith("articles.press.")
        and any(named(node) == "including_unpublished" for node in ast.walk(tree(module)))
    }
    others = sorted(naming - MAY_NAME_THE_UNPUBLISHED.keys())
    assert not others, broken("Article.objects is all that others may see", others)
    idle = sorted(MAY_NAME_THE_UNPUBLISHED.keys() - naming)
    assert not idle, broken("these do not name it any more: take them off the list", idle)


def named(node: ast.AST) -> str:
    """The attribute, variable or word that a node of a source names."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Constant(value=str(name)):
            return name
    return ""


def test_the_site_cannot_reach_a_manuscript() -> None:
    reaching = [
        f"{module} imports {alias.name}"
        for module in MODULES
        if room(module) == "site"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in DESK_MODELS or node.module == "articles.models.stories"
        if alias.name not in {"Genre", "Correction"}
    ]
    assert not reaching, broken("what editors edit is not what readers read", reaching)


def test_no_page_for_readers_goes_from_an_article_to_its_manuscript() -> None:
    reaching = [
        f"{module}, line {node.lineno}"
        for module in MODULES
        if room(module) == "site" or module in SAID_TO_READERS
        for node in ast.walk(tree(module))
        if isinstance(node, ast.expr) and re.fullmatch(r"story(__\w+)?", named(node))
    ]
    assert not reaching, broken("what editors edit is not what readers read", reaching)


def test_no_template_for_readers_goes_from_an_article_to_its_manuscript() -> None:
    paths = [path for path in FOR_READERS if "desk" not in path.relative_to(HOUSE).parts]
    found = templates_with(MANUSCRIPT, paths)
    assert paths
    assert not found, broken("what editors edit is not what readers read", found)


def test_html_becomes_safe_behind_one_door_only() -> None:
    doors = [
        module
        for module in MODULES
        if module != "articles.text.html"
        and any(
            (isinstance(node, ast.Name) and node.id == "mark_safe")
            or (isinstance(node, ast.Attribute) and node.attr in {"mark_safe", "__html__"})
            or (isinstance(node, ast.ImportFrom) and any(alias.name == "mark_safe" for alias in node.names))
            for node in ast.walk(tree(module))
        )
    ]
    assert not doors, broken("mark_safe stands in articles/text/html.py only", doors)


def untyped(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    words = function.args
    given = [*words.posonlyargs, *words.args, *words.kwonlyargs, *filter(None, [words.vararg, words.kwarg])]
    bare = [word for word in given if word.annotation is None and word.arg not in {"self", "cls"}]
    return function.returns is None or bool(bare)


def test_every_public_function_is_typed() -> None:
    bare = [
        f"{module}.{node.name}, line {node.lineno}"
        for module in MODULES
        for node in ast.walk(tree(module))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if not node.name.startswith("_") and untyped(node)
    ]
    assert not bare, broken("a signature says what it takes and gives", bare)


TEMPLATES = sorted((HOUSE / "templates").rglob("*.html")) + sorted((HOUSE / "templates").rglob("*.xml"))
FOR_READERS = [path for path in TEMPLATES if path.relative_to(HOUSE).parts[1] in {"site", "talk"}]
UNSAFE = re.compile(r"\|\s*safe(seq)?\b|{%-?\s*autoescape\s+(off|false)|\bMarkup\b")
INLINE_SCRIPT = re.compile(
    r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")", re.IGNORECASE
)
INLINE_STYLE = re.compile(r"<style\b|<[a-z][^<>]*\s(style|on[a-z]+)\s*=", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|srcset)=[\"']?(?:https?:)?//", re.IGNORECASE
)
MANUSCRIPT = re.compile(r"{[{%][^}]*\.story\b")
LOGIC = re.compile(r"{[%{#].*?[%}#]}", re.DOTALL)


def templates_with(pattern: re.Pattern[str], paths: list[Path], *, markup: bool = False) -> list[str]:
    """Where a pattern stands; with `markup`, in the HTML alone, without the template language in it."""
    found = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if pattern.search(LOGIC.sub("", text) if markup else text):
            found.append(str(path.relative_to(HOUSE)))
    return found


def test_no_template_calls_anything_safe() -> None:
    assert not (found := templates_with(UNSAFE, TEMPLATES)), broken(
        "the word safe stands in no template", found
    )


def test_no_page_for_readers_holds_a_script() -> None:
    found = templates_with(INLINE_SCRIPT, FOR_READERS, markup=False)
    assert not found, broken("scripts are files, so that the policy can name them", found)


def test_no_page_for_readers_holds_a_style_or_a_handler() -> None:
    found = templates_with(INLINE_STYLE, FOR_READERS, markup=True)
    assert not found, broken("styles and handlers are files", found)


def test_no_page_for_readers_loads_from_a_third_party() -> None:
    found = templates_with(ELSEWHERE, FOR_READERS)
    assert not found, broken("everything comes from the paper itself", found)
