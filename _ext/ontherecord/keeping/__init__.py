"""Keeping: of what a build made its files, so that the next one makes again what has changed."""
