"""The commands: ``ontherecord check``, ``publish`` and ``verify``."""
