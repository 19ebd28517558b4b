"""Static files for readers: hashed, compressed, and one style sheet for each kind of page.

In static/css a page's sheet (front.css, article.css, …) is a list of @import lines, so that the parts stay
apart for those who write them. When files are collected, the imports are put in their place.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\)(?: (?P<media>[a-z]+))?;\n?')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")
AROUND = re.compile(r" ?([{};,>]) ?")


def smaller(css: str) -> str:
    """The same rules with fewer spaces. Spaces around + - : ( ) carry meaning in CSS and stay."""
    return AROUND.sub(r"\1", SPACE.sub(" ", COMMENT.sub("", css))).replace(";}", "}").strip()


def bundled(name: str, read: Callable[[str], str]) -> str:
    """The sheet of that name with every imported sheet in its place."""

    def imported(found: re.Match[str]) -> str:
        path = str(PurePosixPath(name).parent / found["path"])
        css = bundled(path, read)
        return f"@media {found['media']} {{{css}}}\n" if found["media"] else css

    return IMPORT.sub(imported, read(name))


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage, with our own sheets put together before they are hashed."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in [path for path in paths if path.startswith("css/") and path.endswith(".css")]:
                self._bundle(name)
                paths[name] = (self, name)  # hash what was put together, not what it was put together from
        yield from super().post_process(paths, dry_run, **options)

    def create_compressor(self, **options: Any) -> Compressor:
        """Source maps are for developers' tools, and the editor's alone would take half of the time."""
        return Compressor(**{**options, "extensions": (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")})

    def _bundle(self, name: str) -> None:
        whole = smaller(bundled(name, self._source))
        self.delete(name)
        self.save(name, ContentFile(whole.encode()))

    def _source(self, name: str) -> str:
        found = finders.find(name)
        if not isinstance(found, str):
            raise FileNotFoundError(
                f"A style sheet imports {name}, which no app and no folder of STATICFILES_DIRS has."
            )
        return Path(found).read_text(encoding="utf-8")
