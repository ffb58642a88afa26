"""Coming back in: what readers mark on a published page becomes drafts in its source."""
