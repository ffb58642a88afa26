"""The Nu HTML Checker over a built folder. It judges HTML only: it lags behind in CSS."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from browser.tools import module, program

OPTIONS = ["--skip-non-html", "--exit-zero-always", "--stdout", "--format", "json"]


def messages(folder: Path) -> list[tuple[str, str]]:
    """Give what the checker says, as (error or warning, what and where)."""
    jar = module("vnu-jar/build/dist/vnu.jar")
    done = subprocess.run(
        [program("java"), "-Xss8m", "-jar", jar, *OPTIONS, folder],
        capture_output=True,
        text=True,
        check=True,
    )
    found = []
    for one in json.loads(done.stdout)["messages"]:
        kind = one.get("subType", "") if one["type"] == "info" else "error"
        place = f"{Path(one.get('url', '').removeprefix('file:'))}:{one.get('lastLine', 0)}"
        place = place.removeprefix(f"{folder}/")
        if kind:
            found.append((kind, f"{place}: {one['message']}: {one.get('extract', '')!r}"))
    return found
