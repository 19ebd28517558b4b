"""The tables, as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bench.publishing import Delay, Wait
from bench.reading import Cost
from bench.wrk import Throughput

ARTICLE = "article"


@dataclass(frozen=True)
class Crew:
    """What was measured of the whole application server, at one size."""

    stories: int
    hit: bool
    throughputs: list[Throughput]
    memory: list[tuple[float, float]]  # MB of the main process and of each worker: all, and its share
    starts: list[float]  # seconds
    delay: Delay
    wait: Wait


@dataclass
class Measured:
    """Of one database."""

    name: str = ""  # with its version
    made: dict[int, tuple[float, int]] = field(default_factory=dict)  # by size: seconds, and words of a story
    uncached: dict[int, list[Cost]] = field(default_factory=dict)  # by size
    cached: dict[int, list[Cost]] = field(default_factory=dict)
    crew: Crew | None = None


def written(machine: str, when: str, measured: Sequence[Measured], missing: Sequence[str]) -> str:
    lines = [
        "# What a page costs",
        "",
        f"Written by `make bench` on {when}. {machine}.",
        "",
        "CPU is what the application server used for a request, the kernel's work for it included; in brackets what "
        "PostgreSQL used beside it. Times are those of one reader who asks for a page again and again over one "
        "connection, to a server of one worker with one thread. Between machines, only ratios compare. Large archives "
        "have short stories, so an article's own page compares within one size only; lists show no bodies.",
        "",
    ]
    for one in measured:
        lines += _of_one(one)
    lines += ["## Not measured", "", *(f"* {what}" for what in missing or ["nothing was left out"]), ""]
    return "\n".join(lines)


def _of_one(one: Measured) -> list[str]:
    sizes = ", ".join(
        f"{stories:,} stories of {words} words in {seconds:.0f} s"
        for stories, (seconds, words) in one.made.items()
    )
    lines = [f"## {one.name}", "", f"`make_archive` made {sizes}.", ""]
    lines += ["### Pages without the page cache", "", *_pages(one.uncached)]
    if one.cached:
        lines += ["### Pages from the page cache", "", *_pages(one.cached)]
    if one.crew:
        lines += _of_the_crew(one.crew)
    return lines


# -- pages


def _pages(by_size: dict[int, list[Cost]]) -> list[str]:
    sizes = list(by_size)
    article = next(cost.cpu for cost in by_size[sizes[0]] if cost.page == ARTICLE)
    head = ["page", *(f"CPU ms, {size:,}" for size in sizes)]
    head += [f"{sizes[-1]:,} to {sizes[0]:,}"] if len(sizes) > 1 else []
    head += [f"to {ARTICLE}", *(f"median, p95 ms, {size:,}" for size in sizes), "bytes", "as sent"]
    return table(head, (_page(costs, article) for costs in zip(*by_size.values(), strict=True)))


def _page(costs: Sequence[Cost], article: float) -> list[str]:
    """One page at all sizes."""
    first, last = costs[0], costs[-1]
    row = [first.page, *map(_cpu, costs)]
    if len(costs) > 1:
        row.append(f"{(last.cpu + last.database_cpu) / (first.cpu + first.database_cpu):.2f}")
    row += [f"{first.cpu / article:.2f}", *(f"{cost.median:.2f}, {cost.p95:.2f}" for cost in costs)]
    return [*row, f"{last.plain:,}", f"{last.packed:,}"]


def _cpu(cost: Cost) -> str:
    return f"{cost.cpu:.3g}" + (f" (+{cost.database_cpu:.2g})" if cost.database_cpu else "")


# -- the whole application server


def _of_the_crew(crew: Crew) -> list[str]:
    return [
        f"### The whole server: two workers of four threads, as `make run` starts it, {crew.stories:,} stories",
        "",
        *_throughputs(crew),
        *_memory(crew),
        f"From the order to start until the front page was answered: {_seconds(crew.starts)}.",
        "",
        *_publishing(crew.delay, crew.wait),
    ]


def _throughputs(crew: Crew) -> list[str]:
    if not crew.throughputs:
        return []
    kind = "from the page cache" if crew.hit else "drawn anew for each request"
    static = next((one.rate for one in crew.throughputs if "file" in one.subject), None)
    return [
        f"wrk, 32 connections, the page “{ARTICLE}”, {kind}; wrk takes its share of the same cores:",
        "",
        *table(
            ["answered by", "requests a second", "to nginx with a file", "its own CPU ms", "p99 ms"],
            (
                [
                    one.subject,
                    f"{one.rate:,.0f}",
                    f"{one.rate / static:.2f}" if static else "",
                    f"{one.cpu:.3f}",
                    f"{one.p99:.1f}",
                ]
                for one in crew.throughputs
            ),
        ),
    ]


def _memory(crew: Crew) -> list[str]:
    names = ["main process", *(f"worker {number}" for number in range(1, len(crew.memory)))]
    rows = (
        [name, f"{whole:.0f}", f"{share:.0f}"]
        for name, (whole, share) in zip(names, crew.memory, strict=True)
    )
    return table(["memory after all that", "MB (RSS)", "MB, shared pages divided (PSS)"], rows)


def _publishing(delay: Delay, wait: Wait) -> list[str]:
    figures: list[tuple[str, str]] = [
        ("publishing one story", _seconds(delay.publishing)),
        ("from its end until the front page showed it", _seconds(delay.first_seen)),
        ("from its end until no worker missed it any more", _seconds(delay.last_missed)),
        (f"requests of 16 readers beside {len(delay.publishing)} publications", f"{wait.requests:,}"),
        ("their median", f"{wait.median:.2f} ms"),
        ("the slowest while nothing was published", f"{wait.slowest_quiet:.1f} ms"),
        ("the slowest during a publication or in the second after it", f"{wait.slowest_during:.1f} ms"),
        ("that one to the median", f"{wait.ratio:.1f}"),
    ]
    return table(["publishing", ""], map(list, figures))


def _seconds(figures: Sequence[float]) -> str:
    return f"median {1000 * statistics.median(figures):.0f} ms, at most {1000 * max(figures):.0f} ms"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The first column to the left, figures to the right."""
    under = ["---", *["---:"] * (len(head) - 1)]
    return [*(f"| {' | '.join(cells)} |" for cells in (head, under, *rows)), ""]
