"""Connects what is imported when it is first needed: most builds need little of the extension.

A build in which nothing changed would else spend half of its time on imports. Names are written
``module:name``, below this package; a test holds that each of them is there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from sphinx.transforms.post_transforms import SphinxPostTransform

if TYPE_CHECKING:
    from collections.abc import Callable, ItemsView, Iterator, KeysView, ValuesView

    from sphinx.application import Sphinx

NAMED: Final[dict[str, int]] = {}
"""What was named, each with its priority where it is a transform."""


def find(name: str) -> Any:
    """Import what has a name."""
    module, _colon, attribute = name.partition(":")
    return getattr(import_module(f"ontherecord.{module}"), attribute)


def call(name: str) -> Callable[..., Any]:
    """Give a function that calls the one that has a name."""
    NAMED.setdefault(name, 0)

    def called(*given: Any, **named: Any) -> Any:
        return find(name)(*given, **named)

    return called


def finish(name: str) -> Callable[[Sphinx, Exception | None], None]:
    """Give a function that ends a build with the one that has a name.

    It is not called where nothing changed: what it wrote in the last build stands.
    """
    NAMED.setdefault(name, 0)

    def finished(app: Sphinx, exception: Exception | None) -> None:
        from ontherecord.domain import domain_of

        if exception is None and not domain_of(app.env).unchanged:
            find(name)(app, exception)

    return finished


def transform(name: str, priority: int) -> type[SphinxPostTransform]:
    """Give a transform that applies the one that has a name, and that priority."""
    NAMED[name] = priority

    class Transform(SphinxPostTransform):
        default_priority = priority

        def apply(self, **given: Any) -> None:
            find(name)(self.document, self.startnode).apply(**given)

    Transform.__name__ = Transform.__qualname__ = name.partition(":")[2]
    return Transform


class Table(dict[str, Any]):
    """Tables that have names, as one; they are imported when anything in them is asked for."""

    def __init__(self, *names: str) -> None:
        """Take the names of the tables."""
        super().__init__()
        NAMED.update(dict.fromkeys(names, 0))
        self._names = names

    def _fill(self) -> None:
        names, self._names = self._names, ()
        for name in names:
            super().update({**find(name), **self})

    def __getitem__(self, key: str) -> Any:
        """Give what a table has under a key."""
        self._fill()
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Give what a table has under a key, or something else."""
        self._fill()
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        """Tell whether a table has a key."""
        self._fill()
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        """Give all keys."""
        self._fill()
        return super().__iter__()

    def __len__(self) -> int:
        """Count the keys."""
        self._fill()
        return super().__len__()

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        """Give all keys."""
        self._fill()
        return super().keys()

    def values(self) -> ValuesView[Any]:  # type: ignore[override]
        """Give all values."""
        self._fill()
        return super().values()

    def items(self) -> ItemsView[str, Any]:  # type: ignore[override]
        """Give all pairs of key and value."""
        self._fill()
        return super().items()
