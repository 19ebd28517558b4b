"""docs/scaling.md reckons with a simulation: it must agree with the formulas where there are any, and with the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench import scaling
from bench.simulation import (
    ALONE,
    CDN,
    MILLION,
    NGINX,
    Layers,
    Load,
    Paper,
    arithmetic,
    simulate,
)

pytestmark = pytest.mark.once

SMALL = Paper(stories=2_000, printed_every=20.0)
BUSY = Load("a small paper", views=400, readers=150, breaking=600, seconds=200)


@pytest.mark.parametrize("layers", [ALONE, NGINX, CDN], ids=lambda layers: layers.name)
def test_what_is_counted_is_what_the_formulas_say(layers: Layers) -> None:
    counted, said = simulate(BUSY, SMALL, layers), arithmetic(BUSY, SMALL, layers)
    assert len(said) == 3
    for layer, rate in said.items():
        assert counted.rate(layer) == pytest.approx(rate, rel=0.03), layer


def test_the_same_seed_counts_the_same_and_another_something_else() -> None:
    load = replace(BUSY, seconds=20)
    assert simulate(load, SMALL, CDN, seed=1) == simulate(load, SMALL, CDN, seed=1)
    assert simulate(load, SMALL, CDN, seed=1) != simulate(load, SMALL, CDN, seed=2)


def test_a_breaking_story_reaches_a_cache_in_front_and_hardly_anything_behind_it() -> None:
    calm = replace(BUSY, breaking=0)
    more = simulate(BUSY, SMALL, NGINX).rate("application") - simulate(calm, SMALL, NGINX).rate("application")
    assert -5 < more < 5


def test_every_turn_has_the_wanted_pages_drawn_again_whatever_stands_in_front() -> None:
    calm, seldom = replace(BUSY, breaking=0, seconds=100), replace(SMALL, printed_every=100.0)
    for layers in (ALONE, NGINX, CDN):
        drawn = simulate(calm, SMALL, layers).rate("database")
        assert drawn > 1.5 * simulate(calm, seldom, layers).rate("database")


def test_each_layer_gets_no_more_than_the_one_before_it_lets_through() -> None:
    counted = simulate(replace(BUSY, seconds=30), SMALL, CDN)
    through = [counted.rate(layer) for layer in ("readers", "origin", "application", "database")]
    assert through == sorted(through, reverse=True)
    assert counted.drawn.total() == counted.reached["database"]
    assert sum(pages.total() for pages in counted.drawn_in.values()) == counted.drawn.total()


def test_the_page_and_its_picture_are_what_the_program_writes() -> None:
    """Else: `.venv/bin/python -m bench.scaling`."""
    page, picture = scaling.pages()
    assert scaling.PAGE.read_text(encoding="utf-8") == page
    assert scaling.PICTURE.read_text(encoding="utf-8") == picture


def test_a_page_that_lost_its_marks_is_not_written() -> None:
    with pytest.raises(SystemExit, match="has no place for “carried”"):
        scaling.written("no marks", {"carried": []})


def test_costs_are_read_from_one_table_and_are_all_there() -> None:
    costs = scaling.Costs.read()
    assert all(cost > 0 for cost in [*costs.milliseconds.values(), *costs.kilobytes.values()])
    assert set(costs.milliseconds) == {"article", "front", "section", "kept", "nginx", "database"}
    assert costs.megabits(MILLION) == pytest.approx(
        8
        * (833.3 * (costs.kilobytes["page"] + costs.kilobytes["pictures"]) + 138.9 * costs.kilobytes["files"])
        / 1000,
        rel=0.001,
    )
