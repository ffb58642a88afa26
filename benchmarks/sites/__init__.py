"""Kinds of site that the same articles are made into: a file each, with what it is said to be."""
