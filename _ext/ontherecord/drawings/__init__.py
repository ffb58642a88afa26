"""Drawings of records, made at build time as SVG that is the same to the byte every time."""
