"""Organisations that a result names beside the one it is about: by which tie, and whether they can be asked about."""
