"""Rebuilding: after any edit, what is published is what a clean build publishes."""
