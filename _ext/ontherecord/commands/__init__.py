"""The commands: ``ontherecord check``, ``import``, ``publish`` and ``verify``."""
