"""`python -m bench.scaling` writes the tables of docs/scaling.md and its picture from bench/costs.toml."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from math import log10
from pathlib import Path

from bench.simulation import ALONE, BREAKING, CDN, MILLION, NGINX, Counted, Layers, Load, Paper, simulate

HOUSE = Path(__file__).resolve().parent.parent
PAGE, PICTURE, COSTS = (HOUSE / name for name in ("docs/scaling.md", "docs/scaling.svg", "bench/costs.toml"))
LAYERS = (ALONE, NGINX, CDN)
PAPER = Paper()


@dataclass(frozen=True)
class Costs:
    milliseconds: dict[str, float]
    kilobytes: dict[str, float]

    @classmethod
    def read(cls, path: Path = COSTS) -> Costs:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(given["milliseconds"], given["kilobytes"])

    def drawing(self, pages: Counter[str]) -> float:
        """Seconds of the application's CPU for pages of these kinds."""
        return sum(number * self.milliseconds[kind] for kind, number in pages.items()) / 1000

    def megabits(self, load: Load) -> float:
        """What leaves for readers, a second."""
        readers = load.readers + load.breaking
        views = load.views + load.breaking
        bytes_of = self.kilobytes
        a_view = bytes_of["page"] + bytes_of["pictures"]
        return (views * a_view + readers * (1 - load.known) * bytes_of["files"]) * 8 / 1000


@dataclass(frozen=True)
class Row:
    layer: str
    reached: float
    answered: float
    cores: float | None  # None where the machines are not ours
    busiest: float | None = None  # cores, in the second after something was printed


def rows(load: Load, layers: Layers, costs: Costs, counted: Counted) -> list[Row]:
    """Each layer: what reaches it a second, the share it answers, and the CPU cores that this takes."""
    ms, seconds = costs.milliseconds, counted.seconds
    files = counted.rate("files")
    drawn = costs.drawing(counted.drawn) / seconds
    busiest = max(costs.drawing(pages) for pages in counted.drawn_in.values())
    most = max(pages.total() for pages in counted.drawn_in.values())
    sent = counted.rate("readers") + files
    found = [Row("browser", counted.rate("browser"), 1 - sent / counted.rate("browser"), None)]
    if layers.places:
        found.append(Row("CDN", sent, 1 - counted.rate("origin") / sent, None))
    if layers.nginx_keeps:
        local = counted.rate("origin") + (0 if layers.places else files)
        found.append(Row("nginx", local, 1 - counted.rate("application") / local, local * ms["nginx"] / 1000))
    application = counted.rate("application") + (0 if layers.nginx_keeps else files)
    serving = application * ms["kept"] / 1000
    answered = 1 - counted.rate("database") / application
    found.append(Row("application", application, answered, serving + drawn, serving + busiest))
    database = counted.rate("database") * ms["database"] / 1000
    return [*found, Row("database", counted.rate("database"), 0, database, most * ms["database"] / 1000)]


# -- the page


def table(found: list[Row]) -> list[str]:
    lines = [
        "| layer | requests a second that reach it | answered there | CPU cores | in the busiest second |",
        "|---|---:|---:|---:|---:|",
    ]
    for row in found:
        answered = "" if row.layer == "database" else f"{row.answered:.1%}"
        cells = [row.layer, f"{row.reached:,.0f}", answered, cores(row.cores), cores(row.busiest)]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def cores(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}"


def simulated(costs: Costs) -> dict[Load, dict[Layers, list[Row]]]:
    return {
        load: {layers: rows(load, layers, costs, simulate(load, PAPER, layers)) for layers in LAYERS}
        for load in (MILLION, BREAKING)
    }


def carried(costs: Costs) -> list[str]:
    """What one CPU core does in a second, and two do."""
    lines = ["| a request for | CPU ms | a second, one core | two cores |", "|---|---:|---:|---:|"]
    names = {
        "nginx": "a kept page or a file, from nginx",
        "kept": "a kept page, from the application",
        "article": "an article that is drawn",
        "section": "a section that is drawn",
        "front": "a front page that is drawn",
    }
    for kind, said in names.items():
        ms = costs.milliseconds[kind]
        lines.append(f"| {said} | {ms:g} | {1000 / ms:,.0f} | {2000 / ms:,.0f} |")
    return lines


def simulation(costs: Costs, found: dict[Load, dict[Layers, list[Row]]]) -> list[str]:
    lines: list[str] = []
    for load, by_layers in found.items():
        views = load.views + load.breaking
        travels = f"{views:,.0f} views a second; {costs.megabits(load):,.0f} Mbit/s leave for readers."
        lines += [f"### {load.name}", "", travels, ""]
        for layers, rows_found in by_layers.items():
            lines += [f"**{layers.name}**", "", *table(rows_found), ""]
    return lines[:-1]


def written(page: str, parts: dict[str, list[str]]) -> str:
    """The page with what stands between <!-- name --> and <!-- /name --> replaced."""
    for name, lines in parts.items():
        before, begins, rest = page.partition(f"<!-- {name} -->\n")
        _old, ends, after = rest.partition(f"<!-- /{name} -->")
        if not ends:
            raise SystemExit(f"docs/scaling.md has no place for “{name}”.")
        page = "\n".join([before + begins, *lines, "", ends + after])
    return page


def pages() -> tuple[str, str]:
    """docs/scaling.md as it should be, and docs/scaling.svg."""
    costs = Costs.read()
    found = simulated(costs)
    parts = {"carried": carried(costs), "simulation": simulation(costs, found)}
    return written(PAGE.read_text(encoding="utf-8"), parts), picture(found[BREAKING])


def main() -> None:
    for path, text in zip((PAGE, PICTURE), pages(), strict=True):
        path.write_text(text, encoding="utf-8")
        print(f"Written: {path.relative_to(HOUSE)}")


# -- the picture: how far the requests of a breaking story get, on a scale where each step is ten times the last

WIDTH, BAR, LEFT, DECADES = 720, 22, 150, 5


def picture(by_layers: dict[Layers, list[Row]]) -> str:
    """Bars of requests a second at each layer, for each arrangement."""
    parts, y = [], 24
    for layers, found in by_layers.items():
        parts.append(f'<text x="0" y="{y}" class="name">{layers.name}</text>')
        y += 10
        for row in found[1:]:
            parts.append(bar(row, y))
            y += BAR + 4
        y += 28
    title = "Requests a second that reach each layer, with 10,000 a second for one breaking story"
    style = (
        "text{font:13px sans-serif;fill:#222}.name{font-weight:bold}rect{fill:#8a2b17}"
        "@media(prefers-color-scheme:dark){text{fill:#ddd}rect{fill:#d9745c}}"
    )
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y - 20}" role="img">'
    return "\n".join([head, f"<title>{title}</title>", f"<style>{style}</style>", *parts, "</svg>", ""])


def bar(row: Row, y: int) -> str:
    wide = (WIDTH - LEFT - 80) * log10(max(1.1, row.reached)) / DECADES
    middle = y + BAR - 6
    return (
        f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{row.layer}</text>'
        f'<rect x="{LEFT}" y="{y}" width="{wide:.1f}" height="{BAR}"/>'
        f'<text x="{LEFT + wide + 8:.1f}" y="{middle}">{row.reached:,.0f}</text>'
    )


if __name__ == "__main__":
    main()
