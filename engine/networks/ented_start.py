"""ENTED begins as the trained identity recovery network.

Both encoders take its encoder. Its decoder becomes the renderer: joining two maps by a 1x1
convolution over their concatenation is one such convolution each and a sum, and a modulated
convolution can be an ordinary one (`ModulatedConv.start_from`). What the dictionary and the
refinement add is small but not zero at the start.

The carried attention starts *meaningful*: through the decoder's own skip connections, which say
what an encoder's map means to it, split into what is carried and how it is injected. From random
projections training first learned to silence the reference, and after 4,000 samples a right one
brought nothing (engine/training/plans/README.md); this way it shows through at the first step, as
a ghost, and the identity loss has something to hold on to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import torch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor, nn

    from engine.networks.blocks import Up
    from engine.networks.ented import Ented

#: How loud the parts are that the recovery network lacks.
QUIET = 0.1
#: How loud the carried reference is against the face's own skip connection.
CARRIED = 1.0
#: Logit of two faces' same place: attention keeps to its patch and the ones beside it.
PLACE = 60.0
#: Layers that both networks have under the same name.
SHARED = ("to_head", "from_picture", "head", "out", "colour")


@torch.no_grad()
def start_from(network: Ented, tensors: Mapping[str, Tensor]) -> int:
    """Starts a network from the identity recovery network's weights, where shapes agree.

    Args:
        network: with random weights.
        tensors: that network's weights by name.

    Returns:
        How many tensors of the network were set.
    """
    state = {name: value.float() for name, value in tensors.items()}
    taken = _take(network.encoder, state, "encoder.") + _take(network.reference, state, "encoder.")
    for name in SHARED:
        taken += _take(getattr(network, name), state, f"{name}.")
    return taken + _renderer(network, state)


def _take(module: nn.Module, state: Mapping[str, Tensor], prefix: str) -> int:
    own = module.state_dict()
    fit = {k: state[prefix + k] for k, v in own.items() if _fits(state, prefix + k, v)}
    module.load_state_dict(fit, strict=False)
    return len(fit)


def _fits(state: Mapping[str, Tensor], name: str, tensor: Tensor) -> bool:
    return name in state and state[name].shape == tensor.shape


def _renderer(network: Ented, state: Mapping[str, Tensor]) -> int:
    """The decoder, if every layer of it is there."""
    widths, blocks = network.config.widths, network.config.blocks
    last = f"levels.{len(blocks) - 2}.{blocks[-2] - 1}.conv2.weight"
    shape = (widths[-2], widths[-2], 3, 3)
    if last not in state or tuple(state[last].shape) != shape:
        return 0
    taken = 0
    for i in range(3):
        merge = state[f"merges.{i}.weight"][:, :, 0, 0]
        from_up, from_skip = merge[:, : widths[i]], merge[:, widths[i] :]
        up, bias = state[f"ups.{i}.conv.weight"][:, :, 0, 0], state[f"ups.{i}.conv.bias"]
        _become(
            cast("Up", network.ups[i]).conv,
            from_up @ up,
            from_up @ bias + state[f"merges.{i}.bias"],
        )
        _become(network.skips[i], from_skip)
        taken += 4
        for j, block in enumerate(cast("nn.ModuleList", network.levels[i])):
            for name in ("conv1", "conv2"):
                here = f"levels.{i}.{j}.{name}"
                getattr(block, name).start_from(state[f"{here}.weight"], state[f"{here}.bias"])
                taken += 2
    # The coarsest map comes through unchanged; its own block, dictionary and refinement add to it.
    _become(network.skips[3], torch.eye(widths[3]))
    for conv in (network.to_code, network.from_code):
        _become(conv, conv.weight[:, :, 0, 0] * QUIET)
    for layer in network.refine.layers:
        for linear in (layer.out, cast("nn.Sequential", layer.mlp)[2]):
            linear = cast("nn.Linear", linear)
            _become(linear, linear.weight * QUIET)
    _carry(network)
    return taken + 2


def _carry(network: Ented) -> None:
    """What is carried of the reference means to the renderer what a skip connection means."""
    carrier = network.carrier
    for i in range(3):
        value, inject = carrier.values[i], carrier.inject[i]
        u, s, v = torch.linalg.svd(cast("nn.Conv2d", network.skips[i]).weight[:, :, 0, 0])
        share = s[: cast("nn.Conv2d", value).out_channels].sqrt()
        _become(value, share[:, None] * v[: len(share)])
        kernel = torch.zeros_like(cast("nn.Conv2d", inject).weight)
        kernel[:, :, 1, 1] = CARRIED * u[:, : len(share)] * share
        _become(inject, kernel)
    carrier.amplitude.fill_((PLACE / len(carrier.amplitude)) ** 0.5)


def _become(layer: nn.Module | Tensor, weight: Tensor, bias: Tensor | None = None) -> None:
    """A linear layer or a 1x1 convolution takes a matrix (c_out, c_in); no bias is zero."""
    own = cast("nn.Conv2d | nn.Linear", layer)
    own.weight.copy_(weight.reshape(own.weight.shape))
    assert own.bias is not None
    own.bias.copy_(own.bias * 0 if bias is None else bias)
