"""The evaluation as files: evaluation.json, EVALUATION.md and plots as SVG and PNG. For engineers; no page for users shows them."""

import json
from collections.abc import Callable
from pathlib import Path

import matplotlib
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
from matplotlib.axes import Axes  # noqa: E402

from report_text import markdown  # noqa: E402

COLOURS = {"glm": "#0072b2", "booster": "#d55e00"}


def write_report(results: dict, folder: Path) -> None:
    """Writes the report; what was not evaluated has no plot. Files of an earlier report of the same names are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.json").write_text(json.dumps(results, indent=2, allow_nan=False) + "\n")
    plots = _plots(results)
    for name, (_, draw) in plots.items():
        _save(folder / name, draw)
    pictures = "\n\n".join(f"![{title}]({name}.svg)" for name, (title, _) in plots.items())
    (folder / "EVALUATION.md").write_text(f"# Evaluation\n\nIntervals are 95 %. Seed {results['seed']}.\n\n{markdown(results)}\n{pictures}\n")


def _plots(results: dict) -> dict[str, tuple[str, Callable[[Axes], None]]]:
    """File name → title and the function that draws it."""
    out: dict[str, tuple[str, Callable[[Axes], None]]] = {}
    if portfolio := results.get("portfolio"):
        claims = portfolio["claims"]
        out["portfolio-calibration"] = ("Simulated claims by decile", lambda axes: _calibration(axes, claims["calibrationByDecile"], "100,000 km"))
        out["portfolio-lift"] = ("Lift on simulated claims by decile", lambda axes: _lift(axes, claims["calibrationByDecile"]))
        out["portfolio-auc"] = ("AUC of a year's simulated claims", lambda axes: _intervals(axes, claims["aucOfAYearsClaims"], "AUC", 0.5))
    if real := results.get("real"):
        auc = real["telematics"]["auc"]
        out["real-auc"] = ("AUC on real claims, with 95 % intervals", lambda axes: _intervals(axes, auc, "AUC", 0.5))
        frequency = real["frequency"]
        if "missing" not in frequency:
            out["frequency-calibration"] = ("Claim frequency by decile", lambda axes: _calibration(axes, frequency["calibration"], "year"))
            out["frequency-lift"] = ("Lift by decile", lambda axes: _lift(axes, frequency["calibration"]))
            out["frequency-lorenz"] = ("Lorenz curve of the claims", lambda axes: _lorenz(axes, frequency["lorenz"]))
    if own := results.get("claims"):
        out["claims-auc"] = ("AUC on own claims", lambda axes: _intervals(axes, own["aucOfAnyClaim"], "AUC", 0.5))
        out["claims-calibration"] = ("Own claims by decile", lambda axes: _calibration(axes, own["calibration"], "100,000 km"))
        out["claims-lift"] = ("Lift on own claims by decile", lambda axes: _lift(axes, own["calibration"]))
        if "bias" in own:
            groups = {name: group["observedToExpected"] for name, group in own["bias"]["groups"].items()}
            out["bias-calibration"] = ("Observed / expected claims by group", lambda axes: _intervals(axes, groups, "observed / expected", 1))
    return out


def _save(path: Path, draw: Callable[[Axes], None]) -> None:
    # A fixed salt and no date: the same results give the same file.
    with plt.rc_context({"svg.hashsalt": "fairmile", "font.size": 9}):
        figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
        draw(axes)
        figure.savefig(path.with_suffix(".svg"), metadata={"Date": None})
        figure.savefig(path.with_suffix(".png"), dpi=120)
        plt.close(figure)


def _whiskers(numbers: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Values, and distances down and up to the ends of their intervals."""
    values = np.array([number["value"] for number in numbers])
    ends = np.array([number["ci95"] for number in numbers])
    return values, np.abs(ends.T - values)


def _intervals(axes: Axes, numbers: dict[str, dict], label: str, reference: float) -> None:
    values, whiskers = _whiskers(list(numbers.values()))
    axes.errorbar(values, np.arange(len(values)), xerr=whiskers, fmt="o", capsize=3, color="#0072b2")
    axes.axvline(reference, color="grey", linestyle=":")
    axes.set_yticks(np.arange(len(values)), list(numbers))
    axes.invert_yaxis()
    axes.set_xlabel(f"{label}, 95 % interval")


def _calibration(axes: Axes, by_model: dict[str, list[dict]], unit: str) -> None:
    for model, bins in by_model.items():
        values, whiskers = _whiskers([b["frequency"] for b in bins])
        predicted = [b["expectedFrequency"] for b in bins]
        axes.errorbar(predicted, values, yerr=whiskers, fmt="o", capsize=3, color=COLOURS[model], label=model)
    axes.axline((0, 0), slope=1, color="grey", linestyle=":")
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.set_xlabel(f"predicted claims per {unit}")
    axes.set_ylabel(f"observed claims per {unit}")
    axes.legend()


def _lift(axes: Axes, by_model: dict[str, list[dict]]) -> None:
    for model, bins in by_model.items():
        overall = sum(b["claims"] for b in bins) / sum(b["exposure"] for b in bins)
        values, whiskers = _whiskers([b["frequency"] for b in bins])
        axes.errorbar(
            [b["bin"] for b in bins], values / overall, yerr=whiskers / overall, fmt="o-", capsize=3, color=COLOURS[model], label=model
        )
    axes.axhline(1, color="grey", linestyle=":")
    axes.set_xlabel("decile of exposure, safest first")
    axes.set_ylabel("observed frequency / overall")
    axes.legend()


def _lorenz(axes: Axes, by_model: dict[str, dict]) -> None:
    for model, curve in by_model.items():
        values = [point["value"] for point in curve["claims"]]
        low, high = np.array([point["ci95"] for point in curve["claims"]]).T
        axes.plot(curve["exposure"], values, color=COLOURS[model], label=model)
        axes.fill_between(curve["exposure"], low, high, color=COLOURS[model], alpha=0.2)
    axes.plot([0, 1], [0, 1], color="grey", linestyle=":")
    axes.set_xlabel("share of exposure, safest first")
    axes.set_ylabel("share of claims")
    axes.legend()
