from __future__ import annotations

import dataclasses

import cv2
import numpy as np
import pytest

from engine.training import reference_views as views
from engine.training.faces import Faces, Record
from engine.training.pairs import EMPTY, GREY, PSEUDO, REAL, WRONG, Mix, Pairs

SIDE = 64
ALWAYS = Mix(real=0.0, wrong=0.0, empty=0.0)


def picture(seed):
    """A smooth coloured pattern, different for each seed."""
    noise = np.random.default_rng(seed).random((6, 6, 3)).astype(np.float32)
    big = cv2.resize(noise, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(big, 0, 1) * 255, np.uint8)


@pytest.fixture(scope="module")
def faces():
    # persons a (4 photographs), b, c (2 each, c of one sitting), and six of nobody in particular
    people = ["a"] * 4 + ["b"] * 2 + ["c"] * 2 + [""] * 6
    records, blobs = [], []
    for i, person in enumerate(people):
        source = "webmorph" if person == "c" else "album"
        records.append(Record(f"{i:02d}.png", SIDE, source, person, grey=False))
        blobs.append(cv2.imencode(".png", picture(i)[..., ::-1])[1].tobytes())
    return Faces(records, blobs)


def pairs(faces, mix=None, **options):
    return Pairs(faces, range(len(faces)), mix, side=SIDE, **options)


def draws(source, count=400, places=1):
    return [source.draw(np.random.default_rng((5, i)), places) for i in range(count)]


def test_a_seed_gives_the_same_sample(faces):
    source = pairs(faces)
    for seed in range(6):
        one, two = (source.draw(np.random.default_rng(seed), 3) for _ in range(2))
        assert (one.target, one.kind) == (two.target, two.kind)
        assert np.array_equal(one.references, two.references)
        assert np.array_equal(one.mask, two.mask)


def test_kinds_come_in_their_shares(faces):
    kinds = np.bincount([s.kind for s in draws(pairs(faces))], minlength=4) / 400
    assert np.allclose(kinds[[REAL, PSEUDO, WRONG, EMPTY]], [0.45, 0.35, 0.1, 0.1], atol=0.06)


def test_real_pairs_show_the_target_s_person_but_not_the_target(faces, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "engine.training.pairs.view", lambda face, how, _rng: seen.append(how) or face
    )
    source = pairs(faces, Mix(real=1.0, wrong=0, empty=0))
    for i in range(60):
        sample = source.draw(np.random.default_rng(i), 4)
        own = faces.records[sample.target].identity
        others = [i for i in faces.persons[own] if i != sample.target]
        for shown, there in zip(sample.references, sample.mask, strict=True):
            match = [i for i in range(len(faces)) if np.array_equal(faces[i], shown)]
            assert (match and match[0] in others) if there else (shown == GREY).all()
        strong = own == "c"
        assert all((how is views.STRONG) == strong for how in seen)
        seen.clear()


def test_both_directions_of_a_pair_occur(faces):
    samples = draws(pairs(faces, Mix(real=1.0, wrong=0, empty=0)), 80)
    assert {4, 5} <= {s.target for s in samples}


def test_real_pairs_can_be_kept_to_some_persons(faces):
    source = pairs(faces, Mix(real=1.0, wrong=0, empty=0), known={"b"})
    assert {s.target for s in draws(source, 30)} == {4, 5}


def test_only_allowed_faces_are_targets(faces):
    source = Pairs(faces, [0, 5, 9], side=SIDE)
    assert {s.target for s in draws(source, 120)} == {0, 5, 9}


def test_a_wrong_reference_is_never_the_same_person(faces, monkeypatch):
    monkeypatch.setattr("engine.training.pairs.view", lambda face, *_: face)
    vectors = {"a": np.array([1.0, 0]), "b": np.array([0.9, 0.1]), "c": np.array([-1.0, 0.2])}
    for sample in draws(pairs(faces, Mix(real=0, wrong=1.0, empty=0), vectors=vectors), 60):
        own = faces.records[sample.target].identity
        shown = [i for i in range(len(faces)) if np.array_equal(faces[i], sample.references[0])]
        assert faces.records[shown[0]].identity not in {own, ""}


def test_lookalikes_are_ordered_by_likeness(faces):
    vectors = {"a": np.array([1.0, 0]), "b": np.array([0.9, 0.1]), "c": np.array([-1.0, 0.2])}
    assert pairs(faces, vectors=vectors).alike["a"] == ["b", "c"]


def test_an_empty_sample_is_grey_and_masked(faces):
    for sample in draws(pairs(faces, Mix(real=0, wrong=0, empty=1.0)), 10, places=2):
        assert not sample.mask.any()
        assert (sample.references == GREY).all()


def test_one_to_four_references(faces):
    source = pairs(faces)
    assert {source.places(np.random.default_rng(i)) for i in range(200)} == {1, 2, 3, 4}
    filled = {int(s.mask.sum()) for s in draws(pairs(faces, ALWAYS), 60, places=4)}
    assert filled == {1, 2, 3, 4}


def test_a_pseudo_reference_is_no_copy(faces):
    for sample in draws(pairs(faces, ALWAYS), 40):
        target = faces[sample.target].astype(float)
        shown = sample.references[0].astype(float)
        mirrored = shown[:, ::-1]
        assert min(np.abs(shown - target).mean(), np.abs(mirrored - target).mean()) > 3


def test_the_net_stays_within_its_reach():
    how = dataclasses.replace(views.STRONG, turn=0, scale=0, shift=0)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / SIDE
    places = np.stack([x, y, x], axis=2)
    inner = slice(SIDE // 4, -SIDE // 4)
    moved = [
        np.abs(views.bent(places, how, np.random.default_rng(i)) - places)[inner, inner]
        for i in range(40)
    ]
    assert 0.02 < max(float(m.max()) for m in moved) < 0.2
    assert min(float(m.max()) for m in moved) > 0.003


@pytest.mark.parametrize("how", [views.VIEW, views.STRONG])
def test_views_keep_shape_and_range(how):
    face = picture(3)
    for i in range(12):
        out = views.view(face, how, np.random.default_rng(i))
        assert out.shape == face.shape
        assert out.dtype == np.uint8


@pytest.mark.parametrize("change", [views.relit, views.aged, views.softened, views.covered])
def test_single_changes_change_something(change):
    image = np.random.default_rng(1).random((256, 256, 3)).astype(np.float32)
    out = change(image, np.random.default_rng(2))
    assert out.dtype == np.float32
    assert np.isfinite(out).all()
    assert 0.001 < float(np.abs(out - image).mean()) < 0.4
