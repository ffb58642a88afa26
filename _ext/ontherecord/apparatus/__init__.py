"""The apparatus: what a reader sees of the records, under every builder."""
