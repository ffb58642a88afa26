"""What pages are made with that stands in no document: templates, static files, settings.

Sphinx looks at the times of some of these, and at none that is gone or older than a page.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from ontherecord.domain import domain_of
from ontherecord.rebuilding.settled import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_FOLDERS: Final = ("templates_path", "html_theme_path", "html_static_path", "html_extra_path")
_FILES: Final = ("html_logo", "html_favicon")
"""Settings that name them, from where conf.py is."""

_WALKED: Final[WeakKeyDictionary[Sphinx, dict[Path, list[tuple[str, int, int]]]]] = (
    WeakKeyDictionary()
)


def found(app: Sphinx) -> list[object]:
    """Give what all of them are known by: a value to be compared, or digested."""
    config, above = app.config, Path(app.confdir)
    named = [str(path) for name in _FOLDERS for path in getattr(config, name, ())]
    named += [str(getattr(config, name)) for name in _FILES if getattr(config, name, None)]
    states = [_walked(app, above / path) for path in named]
    pages = [(item.name, settled(item.value)) for item in config.filter({"html", "epub"})]
    return [states, _of_reading(app), _translations(app), pages]


def read_again(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> Iterable[str]:
    """Give all documents where what they were read with is another: a listener, a translation."""
    _WALKED.pop(app, None)  # Another build of the same application has begun.
    now = _of_reading(app)
    data = domain_of(env).data
    before, data["read_with"] = data.get("read_with"), now
    return [] if before in (None, now) else sorted(env.found_docs)


def static_files(app: Sphinx) -> set[str]:
    """Give the files that an edition has published as they are, by path below the output's."""
    config, above = app.config, Path(app.confdir)
    found: set[str] = set()
    for setting, below in (("html_static_path", "_static/"), ("html_extra_path", "")):
        for path in getattr(config, setting, ()):
            found |= {f"{below}{name}" for name in names_below(app, above / path)}
    return found


def names_below(app: Sphinx, path: Path) -> list[str]:
    """Give the path of each file in a folder, from there; of a file its name."""
    return [name for name, _size, _time in _walked(app, path)]


def _of_reading(app: Sphinx) -> list[object]:
    """Give what listeners in conf.py are, where there are any, and the names of translations.

    Of a translation that has changed Sphinx knows itself.
    """
    conf = Path(app.confdir) / "conf.py"
    content = conf.read_bytes() if app.config.setup is not None and conf.is_file() else b""
    return [
        hashlib.blake2b(content, digest_size=16).hexdigest(),
        [name for name, _size, _time in _translations(app)],
    ]


def _translations(app: Sphinx) -> list[tuple[str, int, int]]:
    folders = [Path(app.srcdir) / path for path in app.config.locale_dirs]
    language = str(app.config.language or "en")
    found = (one for folder in folders for one in _walked(app, folder / language / "LC_MESSAGES"))
    return sorted(one for one in found if one[0].endswith(".po"))


def _walked(app: Sphinx, path: Path) -> list[tuple[str, int, int]]:
    """Give the states of what is there, looked at once a build."""
    known = _WALKED.setdefault(app, {})
    if path not in known:
        known[path] = sorted(_states(path))
    return known[path]


def _states(path: Path) -> Iterator[tuple[str, int, int]]:
    """Give the size and time of a file, or of each in a folder, by path below that."""
    if not path.is_dir():
        yield from _state(path, path.name)
        return
    for above, folders, names in os.walk(path, followlinks=True):
        folders[:] = [name for name in folders if not _leads_up(above, name)]
        inside = Path(above).relative_to(path)
        for name in names:
            yield from _state(Path(above, name), (inside / name).as_posix())


def _leads_up(above: str, name: str) -> bool:
    """Tell whether a folder is a link to one that it stands in."""
    path = Path(above, name)
    return path.is_symlink() and Path(above).resolve().is_relative_to(os.path.realpath(path))


def _state(path: Path, name: str) -> Iterator[tuple[str, int, int]]:
    try:
        state = path.stat()
    except OSError:
        return
    yield name, state.st_size, state.st_mtime_ns
