"""Bundles for retrieval frameworks, by their own interfaces."""
