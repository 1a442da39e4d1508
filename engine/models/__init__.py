"""Models: what is bundled, where it lies, whether it is what it claims to be."""
