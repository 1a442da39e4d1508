"""Our CodeFormer of the published size against an independent implementation, random weights.

Needs ``spandrel_extra_arches`` (development only, not among the dependencies); half a minute.
"""

from __future__ import annotations

import pytest
import torch

from engine.networks.codeformer import PUBLISHED, CodeFormer


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_equal_outputs_at_three_weights() -> None:
    try:
        from spandrel_extra_arches.architectures.CodeFormer.__arch.codeformer import (
            CodeFormer as Peer,
        )
    except (ImportError, RuntimeError) as error:
        pytest.skip(f"the independent implementation is not installed: {error}")
    torch.manual_seed(3)
    peer = Peer().eval()
    with torch.no_grad():
        peer.position_emb.normal_(0, 0.5)
        peer.quantize.embedding.weight.normal_()
        # The head's weights as they would be after training: codes that differ by position.
        peer.idx_pred_layer[1].weight.normal_(0, 0.2)
    with torch.device("meta"):
        ours = CodeFormer(PUBLISHED).eval()
    ours.load_state_dict(peer.state_dict(), assign=True)
    y = torch.rand(1, 3, 512, 512) * 2 - 1
    with torch.no_grad():
        # The independent implementation always matches the codes' statistics to the input's.
        for w in (0.0, 0.5, 1.0):
            wanted = peer(y, weight=w)
            wanted = wanted[0] if isinstance(wanted, tuple) else wanted
            got = ours.restore(y, torch.tensor([w]), adain=True)
            worst = float((got - wanted).abs().max() / wanted.abs().max())
            assert worst < 1e-4
