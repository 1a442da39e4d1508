"""Another photograph of the same face, made from one: pose, frame, light, colour, age, sharpness.

All pictures are (S, S, 3) uint8 RGB on the face template. Amounts are upper bounds or deviations
at strength `STRONG`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    Image = NDArray[np.float32]

#: Sources with photographs of one sitting: too alike to be a real pair without strong changes.
STUDIO = frozenset({"webmorph"})
#: Face parts that may be covered, as centres on the template in shares of the side.
PARTS = ((0.377, 0.469), (0.623, 0.469), (0.501, 0.613), (0.502, 0.725), (0.5, 0.22), (0.5, 0.9))


@dataclass(frozen=True)
class View:
    """How far a view may go.

    Attributes:
        flip: probability of a mirror image.
        turn: deviation of the rotation in degrees.
        scale: deviation of the logarithm of the scale.
        shift: deviation of the shift, as a share of the side.
        warp: reach of a 4x4 net of control points, low and high, as shares of the side; each is
            moved by up to a reach drawn between the two. (0, 0) for none.
        colour: size of gamma, white balance, saturation and contrast changes, 0 .. 1.
        light: probability of a gradient of light.
        age: probability of skin and hair tones of another age, and of another skin texture.
        soft: probability of a slight blur or enlargement.
        jpeg: probability of compression.
        erase: probability that a part is covered.
    """

    flip: float = 0.3
    turn: float = 2.0
    scale: float = 0.03
    shift: float = 0.008
    warp: tuple[float, float] = (0.0, 0.0)
    colour: float = 0.3
    light: float = 0.15
    age: float = 0.0
    soft: float = 0.15
    jpeg: float = 0.3
    erase: float = 0.05


#: A real second photograph: it differs enough by itself.
VIEW = View()
#: Everything differs: pseudo pairs, and pairs of one sitting.
STRONG = View(
    flip=0.5,
    turn=5.0,
    scale=0.07,
    shift=0.02,
    warp=(0.06, 0.10),
    colour=1.0,
    light=0.6,
    age=0.4,
    soft=0.4,
    jpeg=0.6,
    erase=0.25,
)


def view(face: Picture, how: View, rng: Generator) -> Picture:
    """A new view of an aligned face: (S, S, 3) uint8 -> the same shape."""
    if rng.random() < how.flip:
        face = np.ascontiguousarray(face[:, ::-1])
    image = bent(face.astype(np.float32) / np.float32(255), how, rng)
    if rng.random() < how.age:
        image = aged(image, rng)
    if how.colour:
        image = recoloured(image, how.colour, rng)
    if rng.random() < how.light:
        image = relit(image, rng)
    if rng.random() < how.soft:
        image = softened(image, rng)
    if rng.random() < how.erase:
        image = covered(image, rng)
    out = np.asarray(np.clip(image, 0, 1) * 255 + 0.5, np.uint8)
    return _compressed(out, rng) if rng.random() < how.jpeg else out


def bent(image: Image, how: View, rng: Generator) -> Image:
    """Similarity and a smooth bend through a 4x4 net of control points, in one resampling.

    The net's moves are interpolated by cubic splines, as a thin plate would bend, and reach at
    most `how.warp[1]` of the side at each control point.
    """
    side = image.shape[0]
    turn = np.deg2rad(rng.normal(0, how.turn))
    scale = np.exp(np.clip(rng.normal(0, how.scale), -2.5 * how.scale, 2.5 * how.scale))
    shift = np.clip(rng.normal(0, how.shift, 2), -2.5 * how.shift, 2.5 * how.shift) * side
    centre = (side - 1) / 2
    x, y = np.meshgrid(*(np.arange(side, dtype=np.float32) - np.float32(centre),) * 2)
    c, s = np.float32(np.cos(turn) / scale), np.float32(np.sin(turn) / scale)
    across = c * x + s * y + np.float32(centre + shift[0])
    down = c * y - s * x + np.float32(centre + shift[1])
    if how.warp[1] > 0:
        # Two of three bends are half as strong: the full reach is a caricature.
        reach = rng.uniform(*how.warp) * side * (1.0 if rng.random() < 1 / 3 else 0.5)
        net = rng.uniform(-reach, reach, (4, 4, 2)).astype(np.float32)
        net -= net.mean((0, 1))  # moving the whole is the similarity's part
        moves = cv2.resize(net, (side, side), interpolation=cv2.INTER_CUBIC)
        across, down = across + moves[..., 0], down + moves[..., 1]
    moved = cv2.remap(image, across, down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(np.clip(moved, 0, 1), np.float32)


def recoloured(image: Image, amount: float, rng: Generator) -> Image:
    """Gamma, white balance, saturation, contrast; now and then grey, as an old portrait is."""
    gamma = np.float32(np.exp(rng.normal(0, 0.22 * amount)))
    balance = np.exp(rng.normal(0, 0.08 * amount, 3)).astype(np.float32)
    image = np.clip(image, 0, 1) ** gamma * balance
    grey = image @ np.array([0.299, 0.587, 0.114], np.float32)
    colourless = rng.random() < 0.1 * amount
    saturation = np.float32(0 if colourless else np.exp(rng.normal(0, 0.25 * amount)))
    image = grey[..., None] + (image - grey[..., None]) * saturation
    contrast = np.float32(np.exp(rng.normal(0, 0.12 * amount)))
    lift = np.float32(rng.normal(0, 0.04 * amount))
    return np.asarray((image - 0.5) * contrast + 0.5 + lift, np.float32)


def relit(image: Image, rng: Generator) -> Image:
    """A soft gradient of light across the face, from a random side."""
    side = image.shape[0]
    angle, strength = rng.uniform(0, 2 * np.pi), rng.uniform(0.15, 0.5)
    line = np.linspace(-1, 1, side, dtype=np.float32)
    slope = np.cos(angle) * line[None, :] + np.sin(angle) * line[:, None]
    light = np.exp(np.tanh(1.5 * slope) * strength).astype(np.float32)
    return np.asarray(np.clip(image, 0, 1) * light[..., None], np.float32)


def aged(image: Image, rng: Generator) -> Image:
    """Tones of another age: greyer and lighter hair and skin, or ruddier; smoother or rougher skin.

    Only tones and the octave of 2 to 8 px change, not shapes: wrinkles are not drawn.
    """
    side = image.shape[0]
    grey = image @ np.array([0.299, 0.587, 0.114], np.float32)
    if rng.random() < 0.5:  # fade the dark and the saturated, as hair does
        fade = np.float32(rng.uniform(0.1, 0.5)) * (1 - np.clip(grey * 2, 0, 1))[..., None]
        image = image + fade * (0.62 - image)
    else:
        tint = np.array([1.05, 1.0, 0.96], np.float32) ** np.float32(rng.normal(0, 1.2))
        image = image * tint
    unit = side / 512
    low = cv2.GaussianBlur(image, (0, 0), max(0.5, 4 * unit))
    high = cv2.GaussianBlur(image, (0, 0), max(0.3, 1 * unit))
    gain = np.float32(rng.uniform(-0.6, 0.6))
    return np.asarray(image + gain * (high - low), np.float32)


def softened(image: Image, rng: Generator) -> Image:
    """A slight blur, or what a camera of fewer pixels leaves."""
    side = image.shape[0]
    if rng.random() < 0.5:
        sigma = rng.uniform(0.5, 2.0) * side / 512
        return np.asarray(cv2.GaussianBlur(image, (0, 0), max(0.2, sigma)), np.float32)
    small = max(8, round(side / rng.uniform(1.2, 2.6)))
    little = cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(little, (side, side), interpolation=cv2.INTER_LINEAR), np.float32)


def covered(image: Image, rng: Generator) -> Image:
    """One part of the face under a soft-edged patch of its own mean colour or of noise."""
    side = image.shape[0]
    x, y = np.array(PARTS[int(rng.integers(len(PARTS)))]) * side + rng.normal(0, 0.02 * side, 2)
    wide, high = rng.uniform(0.06, 0.16, 2) * side
    mask = np.zeros((side, side), np.float32)
    cv2.ellipse(
        mask, (round(x), round(y)), (round(wide), round(high)), rng.uniform(0, 180), 0, 360, 1.0, -1
    )
    mask = cv2.GaussianBlur(mask, (0, 0), max(0.5, 0.01 * side))[..., None]
    patch = image.mean((0, 1)) if rng.random() < 0.5 else rng.random(3).astype(np.float32)
    return np.asarray(image * (1 - mask) + patch * mask, np.float32)


def _compressed(picture: Picture, rng: Generator) -> Picture:
    quality = int(rng.integers(60, 97))
    ok, coded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert ok
    back = cv2.imdecode(coded, cv2.IMREAD_COLOR)
    assert back is not None
    return np.asarray(back[..., ::-1], np.uint8)
