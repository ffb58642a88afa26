"""The formats, a module each, found by being here; each has a `FORMAT`."""
