"""The restoration methods: host code in numpy over graphs, the same on every backend."""

from engine.methods.base import Method, MethodInfo, Reference
from engine.methods.registry import METHODS, create, default, fitting, infos

__all__ = [
    "METHODS",
    "Method",
    "MethodInfo",
    "Reference",
    "create",
    "default",
    "fitting",
    "infos",
]
