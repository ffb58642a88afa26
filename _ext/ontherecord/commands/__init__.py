"""The commands of ``ontherecord``, each named for what it does; ``main`` has them all."""


class Refused(Exception):
    """A command cannot do what was asked; the message says why, and what to do."""
