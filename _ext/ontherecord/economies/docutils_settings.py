"""Works out docutils' default settings once for each parser, and not twice a document.

For upstream (Sphinx, `sphinx.util.docutils._get_settings`; docutils,
`docutils.frontend.get_default_settings`): *the settings of a document take longer than its
parsing.* Both build an ``optparse.OptionParser`` of some 75 options for each document and read
nothing from it but its defaults, which only the classes of the components decide; Sphinx looks for
three configuration files besides. That is 2 ms of the 7 that a plain Markdown page takes to be
read. The defaults could be kept by the components' classes and copied, with what the caller gives
set over them, and the files looked for only where they are.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from docutils.frontend import OptionParser, Values, get_default_settings
from docutils.utils import DependencyList
from myst_parser.mdit_to_docutils import base
from sphinx.util import docutils

from ontherecord.economies.replacing import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DEFAULTS: Final[dict[tuple[Any, ...], dict[str, Any]]] = {}
_MUTABLE: Final = (list, dict, set)

_of_sphinx: Callable[..., Values] = docutils._get_settings
_of_docutils: Callable[..., Values] = get_default_settings


def apply() -> None:
    """Have Sphinx and MyST take copies of what was worked out before."""
    replace(docutils, "_get_settings", settings)
    replace(base, "get_default_settings", default_settings)


def settings(
    *components: Any, defaults: Mapping[str, Any], read_config_files: bool = False
) -> Values:
    """Give settings as Sphinx does; a configuration file is read each time, where there is one."""
    if read_config_files and any(map(os.path.isfile, OptionParser.get_standard_config_files())):
        return _of_sphinx(*components, defaults=defaults, read_config_files=True)
    return _copy(_of_sphinx, components, {"defaults": {}}, defaults)


def default_settings(*components: Any) -> Values:
    """Give settings as docutils does."""
    return _copy(_of_docutils, components, {}, {})


def _copy(
    make: Callable[..., Values],
    components: tuple[Any, ...],
    given: dict[str, Any],
    more: Mapping[str, Any],
) -> Values:
    """Give a copy of the defaults, which are made if these components have not been seen."""
    classes = tuple(one if isinstance(one, type) else type(one) for one in components)
    known = _DEFAULTS.get(classes)
    if known is None:
        known = _DEFAULTS[classes] = dict(make(*components, **given).__dict__)
        known["record_dependencies"] = None
    copied = Values.__new__(Values)  # Its own `__init__` warns each time that it will go.
    values = copied.__dict__ = {**known, **more}
    for name, value in known.items():
        if type(value) in _MUTABLE and values[name] is value:
            values[name] = value.copy()
    if values["record_dependencies"] is None:
        values["record_dependencies"] = DependencyList()
    return copied
