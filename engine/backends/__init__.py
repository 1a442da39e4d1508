"""Backends: what runs a graph on a device."""
