"""The commands of ``ontherecord``: check, export, import, inventory, publish, split and verify."""


class Refused(Exception):
    """A command cannot do what was asked; the message says why, and what to do."""
