"""The evidence behind a quotation: wordings collated, words verified, identifiers kept."""
