"""Runs a program and says what it cost: CPU and memory of the whole process tree, and wall time."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    cpu: float
    """Seconds of user and system, of the process and all its children."""
    wall: float
    """Seconds."""
    memory: float
    """Megabytes: the largest resident set that any one process of the tree had."""


class Failed(RuntimeError):
    """A program that is measured ended with an error."""


def run(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run a program to its end; raises `Failed`, with what it printed, where that is an error."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        begin = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=dict(environment)
        )
        # Unlike RUSAGE_CHILDREN, this is of the one child and what it waited for itself.
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            said = output.read()[-4000:]
            raise Failed(f"{' '.join(map(str, command))} gave {process.returncode}:\n{said}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)
