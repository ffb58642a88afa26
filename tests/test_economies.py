"""What is spared of dependencies' work, and when each of these economies can go."""

from __future__ import annotations

import subprocess
import sys

COUNTED = """
import importlib.metadata as metadata
reads = 0
def counted(*given, real=metadata.distributions, **named):
    global reads
    reads += 1
    return real(*given, **named)
metadata.distributions = counted
{before}
from pybtex.plugin import find_plugin, register_plugin
for _ in range(3):
    find_plugin("pybtex.backends", "plaintext")
print(reads)
register_plugin("pybtex.backends", "plaintext", dict, force=True)
print(find_plugin("pybtex.backends", "plaintext").__name__)
"""


def run(before: str) -> list[str]:
    program = COUNTED.format(before=before)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_pybtex_reads_the_installed_distributions_once() -> None:
    reads, registered = run("from ontherecord.economies import entry_points; entry_points.apply()")
    assert reads == "1"
    assert registered == "dict", "a plugin registered at run time is found before what is kept"


def test_entry_points_can_go_when_pybtex_keeps_what_it_found() -> None:
    reads, _registered = run("")
    assert int(reads) > 1, (
        "pybtex keeps its plugins now: ontherecord/economies/entry_points.py can go"
    )
