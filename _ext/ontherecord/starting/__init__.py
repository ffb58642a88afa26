"""What ``ontherecord new`` writes: an edition to begin with, articles, records and sources."""
