"""Our CodeFormer of the published size against an independent implementation, random weights.

Needs ``spandrel-extra-arches`` (development only; installed without what it depends on, because
torchvision fits only the large build of PyTorch); half a minute.
"""

from __future__ import annotations

import importlib
import sys
from importlib.util import find_spec
from types import ModuleType

import pytest
import torch

from engine.networks.codeformer import PUBLISHED, CodeFormer

PLACE = "spandrel_extra_arches.architectures.CodeFormer"


@pytest.fixture
def peer_class(monkeypatch: pytest.MonkeyPatch) -> type[torch.nn.Module]:
    """Their network, without running the packages' own start, which wants torchvision."""
    if find_spec("spandrel_extra_arches") is None or find_spec("spandrel") is None:
        pytest.skip("the independent implementation is not installed")
    for name in ("spandrel", *(PLACE.rsplit(".", n)[0] for n in (2, 1)), PLACE):
        root, *inner = name.split(".")
        spec = find_spec(root) if not inner else None
        found = spec.submodule_search_locations if spec else None
        parent = name.rpartition(".")[0]
        package = ModuleType(name)
        package.__path__ = list(found or [f"{p}/{inner[-1]}" for p in sys.modules[parent].__path__])
        monkeypatch.setitem(sys.modules, name, package)
    module = importlib.import_module(f"{PLACE}.__arch.codeformer")
    found_class: type[torch.nn.Module] = module.CodeFormer
    return found_class


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_equal_outputs_at_three_weights(peer_class: type[torch.nn.Module]) -> None:
    torch.manual_seed(3)
    peer = peer_class().eval()
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
