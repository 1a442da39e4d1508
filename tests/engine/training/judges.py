"""A stand-in for the recognisers and the perceptual measure, which only the material has."""

from __future__ import annotations

import numpy as np


class Colours:
    """Identity is the mean colour."""

    def own(self, picture):
        v = picture.reshape(-1, 3).mean(0) - 100
        return (v / np.linalg.norm(v)).astype(np.float32)

    check = own

    def lpips(self, picture, truth):
        return float(np.abs(picture.astype(float) - truth).mean())
