"""album."""
