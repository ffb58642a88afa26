"""Search that finds records as well as pages."""
