"""Compiles a template once, and looks at its file once a build.

For upstream (Sphinx, `sphinx.jinja2glue.BuiltinTemplateLoader.init`): *each build compiles all its
templates, and each page asks of each of them whether its file has changed.* Jinja keeps what it
compiled where it is given a place (``bytecode_cache``), and takes it again while the template's
source is the same; compiling takes a tenth of a second of each build, even of one page. And its
environments look for changes unless they are told not to (``auto_reload``), which is of use to a
server, where templates change while pages are written: ten files for each page.

Jinja works out at once what filters make of constants. So nothing is kept where a filter, a test
or an extension of Jinja's is of another's making: it may make something else in the next build.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2
import sphinx
from jinja2.filters import FILTERS
from jinja2.tests import TESTS

from ontherecord.sealed import seal, unsealed

if TYPE_CHECKING:
    from jinja2.bccache import Bucket
    from sphinx.application import Sphinx

_EXTENSIONS: Final = {"jinja2.ext.InternationalizationExtension"}


def connect(app: Sphinx) -> None:
    """Connect to the beginning of writing."""
    app.connect("write-started", _spare)


def _spare(app: Sphinx, builder: Any) -> None:
    environment = getattr(getattr(builder, "templates", None), "environment", None)
    if not isinstance(environment, jinja2.Environment):
        return
    environment.auto_reload = False
    if is_known(environment):
        Path(app.doctreedir).mkdir(parents=True, exist_ok=True)
        environment.bytecode_cache = _Compiled(Path(app.doctreedir), _way(environment))


class _Compiled(jinja2.BytecodeCache):
    """What was compiled, but for what is not as it was left: Python runs whatever it is given."""

    def __init__(self, folder: Path, way: str) -> None:
        """Take where it is kept, and what the way of compiling is known by."""
        self._folder = folder
        self._way = way

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was compiled of a template, if it was of this source."""
        compiled = unsealed(self._path(bucket))
        if compiled is not None:
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, where that can be: else it is compiled again."""
        with suppress(OSError):
            seal(self._path(bucket), bucket.bytecode_to_string())

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"ontherecord-{self._way}-{bucket.key}.template"


def is_known(environment: jinja2.Environment) -> bool:
    """Tell whether all that compiles a template is Jinja's and Sphinx's."""
    return (
        environment.extensions.keys() <= _EXTENSIONS
        and environment.tests == TESTS
        and all(
            FILTERS.get(name) is made or str(made.__module__).startswith("sphinx.")
            for name, made in environment.filters.items()
        )
    )


def _way(environment: jinja2.Environment) -> str:
    """Give a digest of what the way of compiling hangs on."""
    parts = (jinja2.__version__, sphinx.__version__, sorted(environment.extensions))
    return hashlib.blake2b(repr(parts).encode(), digest_size=8).hexdigest()
