from __future__ import annotations

import threading

import pytest

from desktop.worker import Job, Worker


@pytest.fixture
def worker(qtbot):
    made = Worker()
    yield made
    made.stop()


def test_a_value_comes_back_in_the_main_thread(qtbot, worker):
    places = []
    worker.submit(
        Job(
            "one",
            lambda _job: threading.get_ident(),
            lambda outcome: places.append((outcome.value, threading.get_ident())),
        )
    )
    qtbot.waitUntil(lambda: bool(places))
    inside, outside = places[0]
    assert outside == threading.get_ident()
    assert inside != outside


def test_an_error_comes_back_as_a_value(qtbot, worker):
    outcomes = []

    def fail(_job):
        raise ValueError("broken")

    worker.submit(Job("one", fail, outcomes.append))
    qtbot.waitUntil(lambda: bool(outcomes))
    assert isinstance(outcomes[0].error, ValueError)
    assert outcomes[0].value is None


def test_a_newer_job_supersedes_the_running_one(qtbot, worker):
    outcomes = []
    running = threading.Event()

    def slow(job):
        running.set()
        assert job.cancel.wait(10), "the running job was not told to stop"
        return "old"

    worker.submit(Job("restore", slow, lambda o: outcomes.append(o.value)))
    assert running.wait(10)
    worker.submit(Job("restore", lambda _job: "new", lambda o: outcomes.append(o.value)))
    qtbot.waitUntil(lambda: bool(outcomes))
    qtbot.waitUntil(lambda: not worker._jobs)
    assert outcomes == ["new"]


def test_a_waiting_job_that_was_superseded_never_runs(qtbot, worker):
    ran, done = [], []
    gate = threading.Event()
    worker.submit(Job("gate", lambda _job: gate.wait(10), lambda _o: None))
    worker.submit(Job("restore", lambda _job: ran.append("first"), lambda _o: None))
    worker.submit(Job("restore", lambda _job: ran.append("second"), lambda _o: done.append(1)))
    gate.set()
    qtbot.waitUntil(lambda: bool(done))
    assert ran == ["second"]


def test_lanes_do_not_supersede_each_other(qtbot, worker):
    values = []
    for lane in "abc":
        worker.submit(Job(lane, lambda _job, lane=lane: lane, lambda o: values.append(o.value)))
    qtbot.waitUntil(lambda: len(values) == 3)
    assert values == ["a", "b", "c"]


def test_progress_arrives_in_order(qtbot, worker):
    told, done = [], []

    def work(job):
        for share in (0.25, 0.5, 1.0):
            job.tell(share, "words")

    worker.submit(Job("x", work, lambda _o: done.append(1), lambda s, w: told.append((s, w))))
    qtbot.waitUntil(lambda: bool(done))
    assert told == [(0.25, "words"), (0.5, "words"), (1.0, "words")]
