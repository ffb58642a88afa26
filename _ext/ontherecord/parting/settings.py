"""The settings of a part: those of the edition, with what is the part's own.

The ``conf.py`` of each part calls this when it is read, so that a change to the edition's
settings or to the list of parts is a change to all.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.errors import ConfigError

from ontherecord.parting import EDITION, FRONT, INVENTORIES, VOLUMES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LISTS: Final = ("html_static_path", "html_extra_path", "templates_path", "locale_dirs")
FILES: Final = ("html_logo", "html_favicon", "latex_logo")
"""Settings that name files and folders from where conf.py is."""

CONF: Final = '''"""The settings of "{name}": the edition's, in ../edition/conf.py, and its own."""

import runpy
from pathlib import Path

_parts = Path(__file__).resolve().parent.parent
_edition = runpy.run_path(str(_parts / "edition" / "conf.py"))

from ontherecord.parting.settings import settings_of  # The edition's settings say where it is.

globals().update(settings_of("{name}", _edition, _parts))
'''


@dataclass(frozen=True, slots=True)
class Listed:
    """A part as the list of parts has it: its name, title and address."""

    name: str
    title: str
    address: str


def parts_in(folder: Path) -> dict[str, Listed]:
    """Give the parts of an edition by name, the front last, from the list in their folder.

    Raises `ValueError` where that is not as `split` has written it.
    """
    path = folder / VOLUMES
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        volumes = read["volumes"].items()
        found = {name: Listed(name, one["title"], one["address"]) for name, one in volumes}
        found[FRONT] = Listed(FRONT, read["title"], read["address"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        said = f"{path}: cannot be read ({error!r}): put back what git has of it"
        raise ValueError(said) from error
    return found


def settings_of(name: str, settings: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Give the settings of one part; ``folder`` is that of all parts."""
    made = {key: value for key, value in settings.items() if not key.startswith("_")}
    try:
        parts = parts_in(folder)
    except ValueError as error:  # Sphinx shows this as it is, without a traceback.
        raise ConfigError(str(error)) from error
    here, edition, own = parts[name], folder / EDITION, folder / name
    extensions = list(made.get("extensions", ()))
    made["extensions"] = list(dict.fromkeys([*extensions, "sphinx.ext.intersphinx"]))
    made["intersphinx_mapping"] = {
        **{
            other: _known_from(edition, own, known)
            for other, known in made.get("intersphinx_mapping", {}).items()
        },
        **{
            other.name: (other.address, f"{INVENTORIES}/{other.name}.inv")
            for other in parts.values()
            if other.name != name
        },
    }
    made["record_address"] = made["html_baseurl"] = here.address
    made["record_volume"] = name
    made["record_volumes"] = {
        other.name: {"title": other.title, "address": other.address} for other in parts.values()
    }
    for key in LISTS:
        if key in made:
            made[key] = [_from(edition, own, value) for value in made[key]]
    for key in FILES:
        if made.get(key):
            made[key] = _from(edition, own, made[key])
    captures = made.get("record_captures", "captures")
    if captures and not Path(captures).is_absolute():
        made["record_captures"] = f"../{EDITION}/{captures}"
    if name == FRONT:
        # Its registers are of all volumes, and what they choose by is not in its own records.
        quiet = ["record.unknown-topic", "record.unknown-article"]
        made["suppress_warnings"] = [*made.get("suppress_warnings", ()), *quiet]
    else:
        of_all = parts[FRONT].title
        made["project"] = f"{of_all}, {here.title}"
        made["html_extra_path"] = []  # Those addresses are the front's, and answer there.
        if "html_title" in made:
            made["html_title"] = made["project"]
    options = dict(made.get("html_theme_options", {}))
    there = {path.relative_to(own).with_suffix("").as_posix() for path in own.rglob("*.*")}
    for key in ("navigation", "foot"):
        if key in options:
            options[key] = _named(options[key], there)
    if options:
        made["html_theme_options"] = options
    return made


def _from(edition: Path, own: Path, value: Any) -> Any:
    """Give a path from a part's folder, where it is one of a file that all parts share."""
    is_shared = isinstance(value, str) and (edition / value).exists()
    return f"../{EDITION}/{value}" if is_shared and not (own / value).exists() else value


def _known_from(edition: Path, own: Path, known: Any) -> Any:
    """Give where another edition is, with the path of its inventory from a part's folder.

    What is no such pair is left for Sphinx to report.
    """
    if not isinstance(known, list | tuple) or len(known) != 2:
        return known
    address, places = known
    if isinstance(places, list | tuple):
        return address, tuple(_from(edition, own, place) for place in places)
    return address, _from(edition, own, places)


def _named(value: Any, there: Collection[str]) -> Any:
    """Give those of the pages that a theme's option names which the part has."""
    if isinstance(value, dict):
        return {page: title for page, title in value.items() if page in there}
    if isinstance(value, str):
        return ",".join(page for page in value.split(",") if page.strip() in there)
    return [one for one in value if (one if isinstance(one, str) else one[0]) in there]
