"""Backward operators written in forward ones, for graphs that hold a derivative.

Each rule has the signature of the ATen operator that it replaces and covers what our networks use;
anything else is refused when the graph is traced, never computed wrongly. PyTorch's own rewrites
cover activations and normalisations; these are the ones that it leaves to its kernels.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from engine.errors import LikenessError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

aten = torch.ops.aten


def _refuse(what: str) -> LikenessError:
    return LikenessError(f"The gradient of {what} cannot be exported.", code="export")


def convolution_backward(
    grad: Tensor,
    x: Tensor,
    weight: Tensor,
    bias_sizes: Sequence[int] | None,
    stride: Sequence[int],
    padding: Sequence[int],
    dilation: Sequence[int],
    transposed: bool,
    output_padding: Sequence[int],
    groups: int,
    output_mask: Sequence[bool],
) -> tuple[Tensor | None, Tensor | None, Tensor | None]:
    """Input gradient of a convolution: the transposed one; weights are constants here.

    With stride 1 that is a plain convolution with the kernel turned round, which ONNX Runtime
    computes faster on a processor.
    """
    del bias_sizes
    if any(output_mask[1:]):
        raise _refuse("a convolution's weights")
    if transposed:
        plain = aten.convolution(
            grad, weight, None, stride, padding, dilation, False, [0, 0], groups
        )
        return plain, None, None
    del output_padding
    margin = [dilation[i] * (weight.shape[2 + i] - 1) - padding[i] for i in range(2)]
    if list(stride) == [1, 1] and min(margin) >= 0:
        turned = aten.flip(_turned(weight, groups), [2, 3])
        plain = aten.convolution(
            grad, turned, None, stride, margin, dilation, False, [0, 0], groups
        )
        return plain, None, None
    # Rows and columns that a strided convolution did not reach get no gradient, but must be there.
    missing = [
        x.shape[2 + i]
        - (
            (grad.shape[2 + i] - 1) * stride[i]
            - 2 * padding[i]
            + dilation[i] * (weight.shape[2 + i] - 1)
            + 1
        )
        for i in range(2)
    ]
    out = aten.convolution(grad, weight, None, stride, padding, dilation, True, missing, groups)
    return out, None, None


def _turned(weight: Tensor, groups: int) -> Tensor:
    """Channels out and in exchanged, group by group."""
    if groups == 1:
        return weight.transpose(0, 1)
    c_out, c_in, *kernel = weight.shape
    shared = weight.reshape(groups, c_out // groups, c_in, *kernel).transpose(1, 2)
    return shared.reshape(groups * c_in, c_out // groups, *kernel)


def slice_backward(
    grad: Tensor, sizes: Sequence[int], dim: int, start: int, end: int, step: int
) -> Tensor:
    """Gradient of a part: zeros around it."""
    if step != 1:
        raise _refuse("a slice with steps")
    d = dim % len(sizes)
    begin, stop, _ = slice(start, end).indices(sizes[d])
    around = [0, 0] * (len(sizes) - 1 - d) + [begin, sizes[d] - stop]
    out: Tensor = aten.constant_pad_nd(grad, around, 0.0)
    return out


def upsample_nearest2d_backward(
    grad: Tensor,
    output_size: Sequence[int],
    input_size: Sequence[int],
    scales_h: float | None = None,
    scales_w: float | None = None,
) -> Tensor:
    """Sum over the block that each input pixel was copied to; whole factors only."""
    del scales_h, scales_w
    n, c, h, w = input_size
    if output_size[0] % h or output_size[1] % w:
        raise _refuse("a nearest enlargement by a broken factor")
    blocks = grad.reshape(n, c, h, output_size[0] // h, w, output_size[1] // w)
    return blocks.sum(dim=(3, 5))


def avg_pool2d_backward(
    grad: Tensor,
    x: Tensor,
    kernel_size: Sequence[int],
    stride: Sequence[int],
    padding: Sequence[int],
    ceil_mode: bool,
    count_include_pad: bool,
    divisor_override: int | None,
) -> Tensor:
    """Spreads each value over its block; blocks that tile the map only."""
    del count_include_pad
    kh, kw = _tiles(x, kernel_size, stride, padding, "an average pool")
    if ceil_mode or divisor_override is not None:
        raise _refuse("an average pool with options")
    return _spread(grad, kh, kw) / (kh * kw)


def max_pool2d_with_indices_backward(
    grad: Tensor,
    x: Tensor,
    kernel_size: Sequence[int],
    stride: Sequence[int],
    padding: Sequence[int],
    dilation: Sequence[int],
    ceil_mode: bool,
    indices: Tensor,
) -> Tensor:
    """The value goes to the first largest number of its block; blocks that tile the map only."""
    del indices
    kh, kw = _tiles(x, kernel_size, stride, padding, "a largest-value pool")
    if ceil_mode or any(d != 1 for d in dilation):
        raise _refuse("a largest-value pool with options")
    n, c, height, width = x.shape
    h, w = height // kh, width // kw
    blocks = x.reshape(n, c, h, kh, w, kw).permute(0, 1, 2, 4, 3, 5).reshape(n, c, h, w, kh * kw)
    first = blocks.argmax(dim=4, keepdim=True)
    places = torch.arange(kh * kw, device=x.device).view(1, 1, 1, 1, kh * kw)
    taken = (places == first).to(grad.dtype) * grad[..., None]
    spread = taken.reshape(n, c, h, w, kh, kw).permute(0, 1, 2, 4, 3, 5)
    return spread.reshape(n, c, height, width)


def upsample_bilinear2d_backward(
    grad: Tensor,
    output_size: Sequence[int],
    input_size: Sequence[int],
    align_corners: bool,
    scales_h: float | None = None,
    scales_w: float | None = None,
) -> Tensor:
    """Two products with the transposed interpolation matrices."""
    _, _, h, w = input_size
    rows = _interpolation(h, output_size[0], align_corners, scales_h).to(grad)
    columns = _interpolation(w, output_size[1], align_corners, scales_w).to(grad)
    return rows.T @ grad @ columns


def _tiles(
    x: Tensor, kernel: Sequence[int], stride: Sequence[int], padding: Sequence[int], what: str
) -> tuple[int, int]:
    """The block's height and width, when blocks tile the map without gap or overlap."""
    kh, kw = kernel[0], kernel[-1]
    steps = (stride[0], stride[-1]) if stride else (kh, kw)
    if steps != (kh, kw) or any(padding) or x.shape[2] % kh or x.shape[3] % kw:
        raise _refuse(f"{what} whose blocks do not tile the map")
    return kh, kw


def _spread(values: Tensor, kh: int, kw: int) -> Tensor:
    """(N, C, h, w) -> (N, C, h * kh, w * kw), each value repeated over its block."""
    n, c, h, w = values.shape
    wide = values[:, :, :, None, :, None].expand(n, c, h, kh, w, kw)
    return wide.reshape(n, c, h * kh, w * kw)


@lru_cache(maxsize=32)
def _weights(
    size: int, wanted: int, aligned: bool, scale: float | None
) -> tuple[tuple[float, ...], ...]:
    """Rows of the (wanted, size) matrix of bilinear interpolation, as PyTorch defines it."""
    rows = []
    for i in range(wanted):
        if aligned:
            at = i * (size - 1) / max(1, wanted - 1)
        else:
            at = max(0.0, (i + 0.5) * (1 / scale if scale else size / wanted) - 0.5)
        low = min(int(at), size - 1)
        high = min(low + 1, size - 1)
        row = [0.0] * size
        row[low] += 1 - (at - low)
        row[high] += at - low
        rows.append(tuple(row))
    return tuple(rows)


def _interpolation(size: int, wanted: int, aligned: bool, scale: float | None) -> Tensor:
    return torch.tensor(_weights(size, wanted, aligned, scale), dtype=torch.float64)


#: ATen operator -> rule
RULES: dict[Any, Callable[..., Any]] = {
    aten.convolution_backward.default: convolution_backward,
    aten.slice_backward.default: slice_backward,
    aten.upsample_nearest2d_backward.default: upsample_nearest2d_backward,
    aten.avg_pool2d_backward.default: avg_pool2d_backward,
    aten.max_pool2d_with_indices_backward.default: max_pool2d_with_indices_backward,
    aten.upsample_bilinear2d_backward.default: upsample_bilinear2d_backward,
}
