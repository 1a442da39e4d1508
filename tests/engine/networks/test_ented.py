from __future__ import annotations

import dataclasses

import pytest
import torch
from safetensors.torch import load_file

from engine.networks import export
from engine.networks.ented import Encoded, Ented, EntedConfig
from engine.networks.ented_graphs import ReferenceGraph, RestoreGraph, encoded_shapes
from engine.networks.ented_start import start_from
from engine.networks.identity_recovery import IdentityRecovery, IdentityRecoveryConfig
from engine.networks.texture_transfer import FourierPositions, Texture, distribute, extract

SIDE = 128
SMALL = EntedConfig(
    widths=(16, 16, 24, 32),
    blocks=(1, 1, 1, 1),
    reference_blocks=(1, 1, 1, 1),
    components=(6, 6, 6, 4),
    carried=(3, 4, 6),
    keys=8,
    waves=6,
    codes=32,
    code=8,
    layers=1,
    heads=2,
    style=24,
    head=16,
)


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    net = Ented(SMALL).eval()
    torch.nn.init.normal_(net.out.weight, std=0.05)  # as after some training
    torch.nn.init.normal_(net.dictionary.embedding.weight)
    return net


@pytest.fixture(scope="module")
def faces():
    generator = torch.Generator().manual_seed(1)
    y = torch.rand(2, 3, SIDE, SIDE, generator=generator) * 2 - 1
    references = torch.rand(2, 3, 3, SIDE, SIDE, generator=generator) * 2 - 1
    return y, references


def run(net, y, references, mask=None, fidelity=0.5):
    mask = torch.ones(references.shape[:2]) if mask is None else mask
    with torch.no_grad():
        return net(y, references, mask, torch.full((len(y),), fidelity))


def apart(a, b):
    return float((a - b).abs().max())


# ---------------------------------------------------------------- extraction and distribution
def test_weights_sum_to_one_over_space_and_over_components():
    torch.manual_seed(0)
    logits = torch.randn(2, 5, 12)
    assert torch.allclose(extract(logits, torch.ones(2, 3, 12)), torch.ones(2, 5, 3))
    feature, weights = distribute(logits, torch.ones(2, 5, 3))
    assert torch.allclose(weights.sum(1), torch.ones(2, 12))
    assert torch.allclose(feature, torch.ones(2, 3, 12))


def test_as_many_components_as_positions_reproduce_the_input():
    torch.manual_seed(0)
    x = torch.randn(1, 4, 9)
    logits = 200 * torch.eye(9)[None]
    assert torch.allclose(distribute(logits, extract(logits, x))[0], x, atol=1e-5)


def test_the_order_of_reference_positions_leaves_the_tokens_alone():
    torch.manual_seed(0)
    logits, x, order = torch.randn(2, 5, 16), torch.randn(2, 3, 16), torch.randperm(16)
    assert torch.allclose(extract(logits, x), extract(logits[..., order], x[..., order]), atol=1e-6)


@torch.no_grad()
def test_a_component_hands_out_where_it_extracted():
    torch.manual_seed(0)
    texture, positions = Texture(8, 4, 24), FourierPositions(12, spread=2.0)(16, 16)
    for conv in (texture.extraction, texture.distribution):
        conv.weight.zero_()
    centre = 5 * 16 + 9
    texture.prior.copy_(positions[:, centre].repeat(4, 1) * torch.tensor([1.0, 0, 0, 0])[:, None])
    tokens, logits = texture.extract(torch.randn(1, 8, 16, 16), positions)
    moved = texture.distribute(
        torch.randn(1, 8, 16, 16), tokens[:, None], torch.zeros(1, 1), positions
    )
    assert int(logits[0, 0].argmax()) == centre
    assert int(moved.weights[0, 0].argmax()) == centre


def test_positions_fall_off_with_distance_alone():
    positions = FourierPositions(64)(16, 16)
    alike = (positions.T @ positions / 64).reshape(16, 16, 16, 16)
    assert torch.allclose(alike[3, 3, 3, 3], torch.tensor(1.0), atol=1e-5)
    assert torch.allclose(alike[3, 3, 5, 6], alike[9, 8, 11, 11], atol=1e-4)
    assert alike[8, 8, 8, 9] > alike[8, 8, 8, 10] > alike[8, 8, 8, 11] > 0.05
    assert alike[2, 2, 13, 13].abs() < 0.3


# ---------------------------------------------------------------- the network
def test_several_references_are_a_set(network, faces):
    y, references = faces
    whole = run(network, y, references)
    assert whole.shape == y.shape
    assert apart(whole, run(network, y, references[:, [2, 0, 1]])) < 1e-4
    one = run(network, y, references[:, :1])
    assert apart(one, run(network, y, references[:, [0, 0, 0]])) < 1e-4
    assert apart(one, whole) > 1e-3


def test_what_the_mask_hides_is_not_seen(network, faces):
    y, references = faces
    mask = torch.tensor([[1.0, 0, 0], [1, 0, 0]])
    other = references.clone()
    other[:, 1:] = -references[:, 1:]
    assert apart(run(network, y, references, mask), run(network, y, other, mask)) < 1e-5
    assert apart(run(network, y, references, mask), run(network, y, references[:, :1])) < 1e-4


def test_little_trust_moves_little_and_keeps_its_precision(network, faces):
    y, references = faces
    none, some, much = (
        run(network, y, references, torch.full((2, 3), trust)) for trust in (0.0, 0.3, 1.0)
    )
    assert 0 < apart(some, none) < apart(much, none)
    # Three equal shares of one reference are one reference, at any trust.
    same = references[:, [0, 0, 0]]
    one = run(network, y, references[:, :1], torch.full((2, 1), 0.3))
    assert apart(one, run(network, y, same, torch.full((2, 3), 0.3))) < 1e-4


def test_without_a_reference_the_result_is_finite_and_defined(network, faces):
    y, references = faces
    none = torch.zeros(2, 1)
    grey = run(network, y, torch.zeros(2, 1, 3, SIDE, SIDE), none)
    assert torch.isfinite(grey).all()
    assert apart(grey, run(network, y, references[:, :1], none)) < 1e-5
    assert apart(grey, run(network, y, references[:, :1])) > 1e-3


def test_the_slider_lets_go_of_photograph_and_texture(network):
    residual, texture = network.gains(torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0]))
    assert residual.flatten().tolist() == [0, 0.5, 1, 1, 1]
    assert texture.flatten().tolist() == [1, 1, 1, 0.5, 0]


def test_the_slider_is_continuous(network, faces):
    y, references = faces
    for s in (0.0, 0.5, 0.999):
        here, there = (run(network, y, references, fidelity=v) for v in (s, s + 1e-3))
        assert apart(here, there) < 0.05


def test_a_gate_that_shuts_leaves_the_reference_unused(network, faces):
    y, references = faces
    before = network.agreement.offset.data.clone()
    network.agreement.offset.data.fill_(-40.0)
    shut = run(network, y, references)
    network.agreement.offset.data.copy_(before)
    assert apart(shut, run(network, y, references, torch.zeros(2, 3))) < 1e-4


def test_a_faithful_restoration_is_kept_where_the_network_chooses_it(network, faces):
    y, references = faces
    other = Ented(dataclasses.replace(SMALL, recovered=True)).eval()
    other.load_state_dict(network.state_dict(), strict=False)
    faithful = y.flip(3)
    both = torch.cat([y, faithful], dim=1)
    nobody = torch.zeros(2, 3)
    # What is new begins as nothing but the choice, which follows the trust in a portrait.
    rendered = run(network, y, references, nobody)
    share = torch.sigmoid(other.lean[0])
    mixed = torch.lerp(faithful, rendered, share.detach())
    assert apart(run(other, both, references, nobody), mixed) < 1e-5
    with torch.no_grad():
        other.lean[0] = -40.0
        other.lean[1] = 0.0
    assert apart(run(other, both, references), faithful) < 1e-5
    with torch.no_grad():
        other.lean[0] = 40.0
    assert apart(run(other, both, references), run(network, y, references)) < 1e-5


def test_noise_comes_in_without_a_jump_and_is_heard_with_a_portrait_alone(network, faces):
    y, references = faces
    other = Ented(dataclasses.replace(SMALL, noise=True)).eval()
    other.load_state_dict(network.state_dict(), strict=False)
    noise = torch.randn(2, 1, SIDE, SIDE, generator=torch.Generator().manual_seed(2))
    one, another = (torch.cat([y, n], dim=1) for n in (noise, noise.flip(2)))
    assert apart(run(other, one, references), run(network, y, references)) < 1e-6
    with torch.no_grad():
        for layer in (other.from_noise, other.head_noise):
            torch.nn.init.normal_(layer.weight, std=0.1)
    assert apart(run(other, one, references), run(other, another, references)) > 1e-3
    nobody = torch.zeros(2, 3)
    same = [run(other, given, references, nobody) for given in (one, another)]
    assert torch.equal(*same)
    same = [run(other, given, references, fidelity=1.0) for given in (one, another)]
    assert torch.equal(*same)


@pytest.mark.parametrize("switch", ["dictionary", "refinement", "residual"])
def test_ablations_run_and_differ(network, faces, switch):
    y, references = faces
    other = Ented(dataclasses.replace(SMALL, **{switch: False})).eval()
    other.load_state_dict(network.state_dict())
    result = run(other, y, references)
    assert torch.isfinite(result).all()
    assert apart(result, run(network, y, references)) > 1e-4


def test_every_part_gets_a_gradient(faces):
    torch.manual_seed(0)
    net = Ented(SMALL)
    for weight in net.parameters():  # a layer that starts at zero hides those before it
        if not weight.any():
            torch.nn.init.normal_(weight, std=0.05)
    y, references = faces
    encoded, _ = net.encode(references[:, :2].flatten(0, 1))
    out = net.restore(y, torch.tensor([0.4, 0.7]), torch.ones(2, 2), encoded.grouped(2, 2))
    assert out.attention.shape == (2, 64, 128)
    assert [d.shape[1] for d in out.distribution] == [12, 12, 12, 8]
    total = out.picture.square().mean() + out.quantised.codebook_loss
    (total + out.quantised.commitment_loss).backward()
    silent = [k for k, p in net.named_parameters() if p.grad is None or not p.grad.abs().sum()]
    assert silent == []


def test_it_starts_as_the_identity_recovery_network(faces, tmp_path):
    torch.manual_seed(0)
    config = IdentityRecoveryConfig(widths=SMALL.widths, blocks=(1, 2, 2, 1), head=16)
    recovery = IdentityRecovery(config).eval()
    for weight in recovery.parameters():
        torch.nn.init.normal_(weight, std=0.1)
    path = tmp_path / "irn.safetensors"
    export.save_weights(recovery, path)
    net = Ented(dataclasses.replace(SMALL, blocks=config.blocks)).eval()
    untouched = start_from(net, {})
    assert untouched == 0
    assert start_from(net, load_file(path)) > 2 * len(net.encoder.state_dict())
    assert torch.equal(net.reference.stem.weight, net.encoder.stem.weight)
    y, references = faces
    none = torch.zeros(2, 3)
    with torch.no_grad():
        wanted = recovery(y)
        for quiet in (net.from_code, net.levels[3][0].conv2, *net.refine.layers):
            for name, weight in quiet.named_parameters():
                if name.startswith(("weight", "gain", "out", "mlp.2")):
                    weight.zero_()
    assert apart(run(net, y, references, none), wanted) < 1e-3 * float(wanted.abs().max())


def test_exported_graphs_agree_with_the_network(network, faces, tmp_path):
    y, references = faces
    weights = tmp_path / "ented.safetensors"
    export.save_weights(network, weights)
    once, face = ReferenceGraph(network), RestoreGraph(network)
    names = Encoded._fields
    shapes = encoded_shapes(SMALL, SIDE)
    export.export_graph(
        once,
        {"reference": references[0, :2]},
        names,
        weights,
        tmp_path / "ented-reference.onnx",
        dynamic={"reference": {0: "references"}},
        strip="network.",
    )
    with torch.no_grad():
        kept = Encoded(*(t[None] for t in once(references[0])))
    assert {k: tuple(v.shape[2:]) for k, v in kept._asdict().items()} == shapes
    inputs = {"input": y[:1], "fidelity": torch.tensor([0.5]), "mask": torch.ones(1, 3)}
    inputs |= dict(zip(names, kept, strict=True))
    free = {0: "batch", 1: "references"}
    export.export_graph(
        face,
        {k: v.repeat(2, *(1 for _ in v.shape[1:])) for k, v in inputs.items()},
        ("output", "agreement"),
        weights,
        tmp_path / "ented.onnx",
        dynamic={"input": {0: "batch"}, "fidelity": {0: "batch"}}
        | dict.fromkeys(("mask", *names), free),
        strip="network.",
    )
    once_inputs = [{"reference": references[0, :n]} for n in (1, 2, 3)]
    assert export.parity(once, once_inputs, tmp_path / "ented-reference.onnx") < 2e-5
    cases = []
    for s in (0.0, 0.5, 1.0):
        for number in (1, 3):
            case = {k: v[:, :number] if k in {*names, "mask"} else v for k, v in inputs.items()}
            cases.append(case | {"fidelity": torch.tensor([s])})
    cases.append(cases[-1] | {"mask": torch.zeros(1, 3)})
    assert export.parity(face, cases, tmp_path / "ented.onnx") < 5e-5
    assert sum(p.stat().st_size for p in tmp_path.glob("*.onnx")) < 1e6
