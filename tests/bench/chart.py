"""Drawing the ownership chart, cold and cached, beside bare `dot` on the same graph: python -m tests.bench.chart

Cold asks Graphviz; kept finds its answer in a file, as another process does; remembered finds it in memory. Each is the
whole way from findings to the SVG's text. Rounds take turns; medians are shown, with the least and the most.
"""

import argparse
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from statistics import median

from django.conf import settings
from django.template.loader import render_to_string

from cases.findings.result import Result
from cases.presentation.charts import chart_layout
from cases.presentation.charts.charts import of_result
from cases.presentation.charts.structure import OPENED
from tests.signatures.pdfs.structures import owned


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the ownership chart.")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--nodes", type=int, nargs="+", default=[3, 30, 300])
    asked = parser.parse_args()
    print(f"{asked.rounds} rounds; milliseconds, and times bare dot\n")
    print(f"{'nodes':>6}{'bare dot':>24}{'cold':>24}{'':>18}{'kept':>24}{'':>18}{'remembered':>24}{'':>18}")
    try:
        for nodes in asked.nodes:
            measure(owned(nodes), nodes, asked.rounds)
    finally:
        shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


def measure(result: Result, nodes: int, rounds: int) -> None:
    graph = graph_of(result)
    draw(result)  # templates are compiled now
    taken: dict[str, list[float]] = {"bare": [], "cold": [], "kept": [], "remembered": []}
    for _ in range(rounds):
        taken["bare"].append(timed(lambda: bare(graph)))
        shutil.rmtree(chart_layout.folder(), ignore_errors=True)
        chart_layout.forget()
        taken["cold"].append(timed(lambda: draw(result)))
        chart_layout.forget()
        taken["kept"].append(timed(lambda: draw(result)))
        taken["remembered"].append(timed(lambda: draw(result)))
    cells = [f"{nodes:>6}{spread(taken['bare'], 1):>24}"]
    for name in ("cold", "kept", "remembered"):
        ratios = [one / other for one, other in zip(taken[name], taken["bare"], strict=True)]
        cells.append(f"{spread(taken[name], 1):>24}{spread(ratios, 2):>18}")
    print("".join(cells))


def graph_of(result: Result) -> bytes:
    """The graph that Graphviz is given for this chart."""
    written: list[str] = []
    real = chart_layout.dot
    chart_layout.dot = lambda rows, hub: written.append(real(rows, hub)) or written[-1]
    try:
        of_result(result, OPENED)
    finally:
        chart_layout.dot = real
    return written[0].encode()


def bare(graph: bytes) -> None:
    subprocess.run(["dot", "-Tjson0"], input=graph, capture_output=True, check=True)


def draw(result: Result) -> str:
    chart = of_result(result, OPENED)
    assert chart.by_graphviz
    return render_to_string("findings/ownership/_chart.html", {"chart": chart})


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def spread(values: Sequence[float], digits: int) -> str:
    least, middle, most = (f"{it:,.{digits}f}" for it in (min(values), median(values), max(values)))
    return f"{middle} ({least}–{most})"


if __name__ == "__main__":
    main()
