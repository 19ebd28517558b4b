"""What the benches say rests on a few readings that must be right, on any machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from bench.processes import cpu, memory, with_words
from bench.publishing import Delay, Published, Wait, felt
from bench.reading import Cost, spread
from bench.report import Crew, Measured, written
from bench.wrk import Subject, Throughput, one_round

pytestmark = pytest.mark.once

SAID = """Running 5s test @ http://127.0.0.1:8000/
  Latency Distribution
     50%    1.10ms
     99%  850.00us
  90 requests in 1.50s, 1.20MB read
Requests/sec:     60.00
"""


def a_cost(page: str = "article", *, milliseconds: float = 4.0, database: float = 1.0) -> Cost:
    return Cost(page, milliseconds, database, 5.0, 9.0, 16_000, 5_000, hit=False)


def test_the_work_of_a_process_is_read_from_outside_and_a_gone_one_has_done_none() -> None:
    before, end = cpu([os.getpid()]), time.process_time() + 0.05
    while time.process_time() < end:
        pass
    assert 0.05 <= cpu([os.getpid()]) - before < 5
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    assert cpu([gone.pid]) == 0


def test_a_process_is_found_by_its_words_and_its_memory_is_read() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()", "a-word-of-this-test"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as one:
        assert one.stdout
        one.stdout.readline()  # before it has begun, it still has our own words
        assert list(with_words("a-word-of-this-test", "-c")) == [one.pid]
        assert not list(with_words("a-word-of-this-test", "-x"))
        whole, share = memory(one.pid)
        one.terminate()
    assert 1 < share <= whole


def test_what_wrk_says_is_read_in_milliseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *words, **given: subprocess.CompletedProcess([], 0, SAID))
    found = one_round(Subject("server", 8000, []), "/en/")
    assert (found.rate, found.cpu, found.p99) == (60.0, 0.0, 0.85)


def test_answers_that_are_no_pages_stop_the_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = SAID + "  Non-2xx or 3xx responses: 12\n"
    monkeypatch.setattr(subprocess, "run", lambda *words, **given: subprocess.CompletedProcess([], 0, broken))
    with pytest.raises(SystemExit, match="server: Non-2xx or 3xx responses: 12"):
        one_round(Subject("server", 8000, []), "/en/")


def test_ninety_five_of_a_hundred_are_not_above_the_p95() -> None:
    median, p95 = spread([float(number) for number in range(1, 101)])
    assert median == 50.5
    assert 95 <= p95 <= 96
    assert spread([3.0]) == (3.0, 3.0)


def test_a_publication_is_felt_from_its_beginning_until_a_second_after_its_end() -> None:
    published = [Published("News", 10.0, 10.2)]
    assert felt(9.9, 0.2, published)
    assert felt(11.1, 0.01, published)
    assert not felt(9.0, 0.5, published)
    assert not felt(11.3, 0.5, published)


def test_the_table_says_how_a_page_grows_with_the_archive_and_what_was_not_measured() -> None:
    one = Measured("SQLite 3")
    one.made = {1000: (1.0, 600), 1_000_000: (300.0, 60)}
    one.uncached = {
        1000: [a_cost(), a_cost("front", milliseconds=8)],
        1_000_000: [a_cost(milliseconds=5), a_cost("front", milliseconds=12, database=6)],
    }
    text = written("A machine", "a day", [one], ["wrk: not installed"])
    assert "1,000 stories of 600 words in 1 s, 1,000,000 stories of 60 words in 300 s" in text
    assert "| front | 8 (+1) | 12 (+6) | 2.00 | 2.00 | 5.00, 9.00 | 5.00, 9.00 | 16,000 | 5,000 |" in text
    assert "from the page cache" not in text
    assert "* wrk: not installed" in text


def test_the_table_compares_with_nginx_in_the_same_run() -> None:
    one = Measured("SQLite 3", {1000: (1.0, 600)}, {1000: [a_cost()]})
    rates = [
        Throughput("application server", 3000.0, 0.15, 4.0),
        Throughput("nginx, the same bytes as a file", 10_000.0, 0.01, 1.0),
    ]
    delay, wait = Delay([0.05], [0.1], [0.2]), Wait(500, 2.0, 5.0, 9.0)
    one.crew = Crew(1000, True, rates, [(30, 20), (80, 60)], [1.0], delay, wait)
    text = written("A machine", "a day", [one], [])
    assert "| application server | 3,000 | 0.30 | 0.150 | 4.0 |" in text
    assert "| that one to the median | 4.5 |" in text
    assert "* nothing was left out" in text
