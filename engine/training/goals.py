"""What the methods have to reach on the validation faces, held against measured figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    #: candidate -> measure -> mean, of one strength
    Row = Mapping[str, Mapping[str, float]]

#: The peer that the goals name, run once or repeatedly: the better of both counts.
PEER = ("realesrgan-wdn", "realesrgan-wdn-repeated")


def missed(key: str, rows: Mapping[str, Row]) -> list[str]:
    """Where a method misses its goals, in words.

    Args:
        key: of the method; one without goals misses none.
        rows: strength -> candidate -> measure -> mean, as `engine.training.evaluate` gives them;
            with the method, ``identity`` and the peers among the candidates.
    """
    goals = _GOALS.get(key)
    if goals is None:
        return []
    lacking = sorted({"identity", PEER[0]} - set().union(*rows.values()))
    if lacking:
        return [f"{key}: cannot be judged without {' and '.join(lacking)}"]
    return [
        f"{key}, {strength}: {said}"
        for strength, row in rows.items()
        for said in goals(strength, key, row)
    ]


def _codeformer(strength: str, key: str, row: Row) -> list[str]:
    """LPIPS 15 % below the peer's and below ``identity``'s; identity at most 0.02 below."""
    said = [*_below_peer(key, row, 0.15)]
    own, plain = row[key], row["identity"]
    if own["lpips"] >= plain["lpips"]:
        said.append(f"LPIPS {own['lpips']:.4f} is not below that of identity")
    if strength in {"mild", "standard"} and own["check"] < plain["check"] - 0.02:
        said.append(f"identity {own['check']:.4f} is {plain['check'] - own['check']:.3f} lower")
    return said


def _clr_face(strength: str, key: str, row: Row) -> list[str]:
    """At severe damage LPIPS 20 % below the peer's, identity not below method ``identity``'s."""
    if strength != "severe":
        return []
    said = [*_below_peer(key, row, 0.20)]
    own, plain = row[key], row["identity"]
    if own["check"] < plain["check"]:
        said.append(f"identity {own['check']:.4f} is below {plain['check']:.4f}")
    return said


def _below_peer(key: str, row: Row, share: float) -> list[str]:
    best = min(row[name]["lpips"] for name in PEER if name in row)
    if row[key]["lpips"] <= (1 - share) * best:
        return []
    return [f"LPIPS {row[key]['lpips']:.4f} is not {share:.0%} below the peer's {best:.4f}"]


_GOALS: dict[str, Callable[[str, str, Row], list[str]]] = {
    "codeformer++": _codeformer,
    "clr-face": _clr_face,
}
