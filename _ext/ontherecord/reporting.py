"""After reading: joins the Edition, checks it, and reports what is wrong, once and in one place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging
from sphinx.util.logging import is_suppressed_warning

from ontherecord.domain import domain_of
from ontherecord.problems import TYPE, Problem
from ontherecord.rebuilding.state import state_of
from ontherecord.sealed import seal, unsealed
from ontherecord.settings import CAPTURES, captures_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from ontherecord.reading import Unreadable

logger = logging.getLogger(__name__)


class Reporting:
    """Reports the problems of each build, those of documents not read again included."""

    def __init__(self, unreadable: Unreadable) -> None:
        """Begin with none, besides the files that could not be read."""
        self._unreadable = unreadable
        self._problems: list[Problem] = []

    def connect(self, app: Sphinx) -> None:
        """Connect to the events of a build."""
        app.connect("env-get-outdated", self.read_again)
        app.connect("env-updated", self.check, priority=800)  # After the bibliography's own.
        app.connect("env-check-consistency", self.report)
        app.connect("warn-missing-reference", self.is_reported)

    def read_again(self, app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> Iterable[str]:
        """Give the documents in which something was wrong the last time.

        A build that failed must fail again until it is mended, though no
        file has changed since.
        """
        troubled: list[str] = domain_of(env).data.get("troubled", [])
        return troubled

    def check(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Join the Edition and look for problems, before the environment is stored.

        Gives the documents with problems, so that Sphinx goes on to report them though
        no document has changed: the ledger or a capture may have.
        """
        domain = domain_of(env)
        suppressed = app.config.suppress_warnings
        folder = captures_folder(Path(app.confdir), app.config.record_captures)
        has_captures = folder is not None and folder.is_dir()
        state = None if has_captures or self._unreadable.problems else state_of(app)
        if state is not None and _found_right(app) == f"{state.read} {state.joined}":
            return []  # Nothing has changed since.
        from ontherecord.checks import check
        from ontherecord.evidence import ledger
        from ontherecord.evidence.captures import Captures
        from ontherecord.evidence.verification import verify_all
        from ontherecord.evidence.verifications import why_unreadable

        edition = domain.join()
        others = domain.other_editions
        found = check(edition, others.elsewhere) + others.problems
        found += ledger.check(edition.ledger, edition)
        known = list(edition.verifications.values())
        found += verify_all(edition, Captures(folder, Path(app.srcdir)), known).problems
        if not edition.verifications and (wrong := why_unreadable(Path(app.srcdir) / CAPTURES)):
            found.append(Problem(CAPTURES, 1, "unreadable-file", f"{CAPTURES} {wrong}"))
        found = self._unreadable.without_following(env, found)
        found += self._unreadable.problems
        self._problems = [
            problem
            for problem in sorted(set(found))
            if not is_suppressed_warning(TYPE, problem.subtype, suppressed)
        ]
        named = {problem.docname for problem in self._problems}
        troubled = {name if name in env.found_docs else app.config.root_doc for name in named}
        domain.data["troubled"] = found_again = sorted(troubled)
        right = f"{state.read} {state.joined}" if state and not self._problems else ""
        seal(_found_in(app), right.encode())
        return found_again

    def report(self, app: Sphinx, env: BuildEnvironment) -> None:
        """Warn of each problem, at its file and line."""
        for problem in self._problems:
            is_document = problem.docname in env.found_docs
            logger.warning(
                problem.message,
                location=(problem.docname, problem.line)
                if is_document
                else f"{Path(env.srcdir) / problem.docname}:{problem.line}",
                type=TYPE,
                subtype=problem.subtype,
            )

    def is_reported(self, app: Sphinx, domain: Any, node: Any) -> bool | None:
        """Tell Sphinx that a missing record has been reported already."""
        return True if node.get("refdomain") == "record" else None


def _found_in(app: Sphinx) -> Path:
    """Give the file that has the state in which nothing was found wrong; a reading makes it."""
    return Path(app.doctreedir) / "ontherecord.right"


def _found_right(app: Sphinx) -> str:
    return (unsealed(_found_in(app)) or b"").decode()
