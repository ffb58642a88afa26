"""An article in TEI P5: its header, its text, and the records that stand off from it."""
