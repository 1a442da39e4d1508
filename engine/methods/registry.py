"""The methods by key; a method's module is imported when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.methods import clr_face, clr_face_fast, codeformer_pp, ented, identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.backends.base import Backend
    from engine.methods.base import Method, MethodInfo
    from engine.models.store import ModelStore

#: key -> (what it is, how it is made); the first one is the default
METHODS: dict[str, tuple[MethodInfo, Callable[[ModelStore, Backend], Method]]] = {
    identity.INFO.key: (identity.INFO, identity.IdentityMethod),
    ented.INFO.key: (ented.INFO, ented.EntedMethod),
    codeformer_pp.INFO.key: (codeformer_pp.INFO, codeformer_pp.CodeFormerPlusPlusMethod),
    clr_face.INFO.key: (clr_face.INFO, clr_face.ClrFaceMethod),
    clr_face_fast.FAST.key: (clr_face_fast.FAST, clr_face_fast.ClrFaceFastMethod),
}


def infos() -> tuple[MethodInfo, ...]:
    """All methods, the default first."""
    return tuple(info for info, _ in METHODS.values())


def default(*, references: bool) -> str:
    """The method for those who named none: with portraits, one that uses them if there is one."""
    fit = [info.key for info in infos() if info.uses_references or not references]
    return (fit or list(METHODS))[0]


def fitting(key: str, *, references: bool) -> str:
    """A method that was named, or for an empty name the one of `default`."""
    return key or default(references=references)


def create(key: str, store: ModelStore, backend: Backend) -> Method:
    """Opens a method's graphs.

    Raises:
        UsageError: there is no such method (code ``method-unknown``).
        ModelError: one of its models is missing or damaged.
    """
    if key not in METHODS:
        raise UsageError(
            f"There is no method '{key}'; choose one of: {', '.join(METHODS)}.",
            code="method-unknown",
        )
    return METHODS[key][1](store, backend)
