"""Searches that people make elsewhere, party by party: the provider does not say whom it searched (R16, R19)."""
