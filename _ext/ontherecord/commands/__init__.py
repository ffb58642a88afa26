"""The commands: ``ontherecord check``, ``export``, ``import``, ``publish`` and ``verify``."""


class Refused(Exception):
    """A command cannot do what was asked; the message says why, and what to do."""
