"""What the tests need and pip cannot bring: found, or missed with a plain reason.

Where ``ONTHERECORD_BROWSERS`` is ``required``, as in CI, what is missing fails the test.
"""

from __future__ import annotations

import importlib
import os
import shutil
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"


def missing(reason: str) -> NoReturn:
    if os.environ.get("ONTHERECORD_BROWSERS") == "required":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def nothing(found: list[str]) -> None:
    """Fail with what a check found, a line each."""
    __tracebackhide__ = True
    if found:
        more = [f"and {len(found) - 25} more"] * (len(found) > 25)
        pytest.fail("\n".join([f"{len(found)} found:", *found[:25], *more]), pytrace=False)


def program(name: str, variable: str = "") -> str:
    """Give a program's path, by the variable that may name it, else by its name."""
    named = os.environ.get(variable, "") if variable else ""
    found = shutil.which(named or name)
    if not found:
        missing(
            f"{named or name} is not installed" + (f"; {variable} can name it" * bool(variable))
        )
    return found


def library(name: str) -> ModuleType:
    """Import a library that the extra ``test`` brings."""
    try:
        return importlib.import_module(name)
    except ImportError:
        missing(f"{name.partition('.')[0]} is not installed: pip install sphinx-ontherecord[test]")


def module(path: str) -> Path:
    """Give a file of an npm package that ``package-lock.json`` names."""
    found = MODULES / path
    if not found.exists():
        missing(f"{path.partition('/')[0]} is not installed: npm ci --prefix tests/browser")
    return found
