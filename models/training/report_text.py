"""An evaluation for people to read: sections of tables, as plain text or Markdown. Every number stands with its 95 % interval."""

from dataclasses import dataclass, field


@dataclass
class Section:
    """A heading, a table (first row is its head) and sentences below it."""

    title: str
    rows: list[list[str]]
    notes: list[str] = field(default_factory=list)


def plain_text(results: dict) -> str:
    """Tables with aligned columns, for a terminal."""
    return "\n\n".join("\n".join([section.title, *_aligned(section.rows), *section.notes]) for section in sections(results))


def markdown(results: dict) -> str:
    """The same as Markdown."""
    out = []
    for section in sections(results):
        head, *rows = section.rows
        lines = [head, ["---"] * len(head), *rows]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        out.append("\n\n".join([f"## {section.title}", table, *section.notes]))
    return "\n\n".join(out) + "\n"


def sections(results: dict) -> list[Section]:
    """What was evaluated, in the order it is told."""
    out: list[Section] = []
    if portfolio := results.get("portfolio"):
        out += _portfolio(portfolio)
    if real := results.get("real"):
        out += _telematics(real["telematics"]) + _frequency(real["frequency"])
    if claims := results.get("claims"):
        out += _own_claims(claims)
    return out


def _aligned(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def told(number: dict | None, digits: int = 3) -> str:
    """0.598 (0.549 to 0.646); "no interval" where one row alone gives none."""
    if number is None:
        return "reference"
    if number["ci95"] is None:
        return f"{number['value']:.{digits}f} (no interval)"
    low, high = number["ci95"]
    return f"{number['value']:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def _portfolio(data: dict) -> list[Section]:
    model = data["model"]
    ranks = [["days seen", "what", "R2", "explained variance", "RMSE", "MAE"]]
    for name, rank in data["rank"].items():
        for what in ("risk", "ceilingOfFeatures", "againstRankWithFrailty", "ceilingWithFrailty"):
            of = rank[what]
            ranks.append([name, what, told(of["r2"]), told(of["explainedVariance"]), told(of["rmse"], 2), told(of["mae"], 2)])
    inside = "; ".join(f"{name} {told(rank['shareInside90PercentInterval'])}" for name, rank in data["rank"].items())
    claims, monotone = data["claims"], data["monotone"]
    judged = [["model", "deviance skill", "Gini", "AUC of a year's claims"]]
    for name in (name for name in ("booster", "glm", "ceiling") if name in claims["gini"]):
        judged.append([name, told(claims["devianceSkill"][name], 4), told(claims["gini"][name]), told(claims["aucOfAYearsClaims"][name])])
    deciles = [["decile", "claims", "observed / expected, booster", "observed / expected, GLM"]]
    by_model = claims["calibrationByDecile"]
    for booster, glm in zip(by_model["booster"], by_model.get("glm", [None] * len(by_model["booster"]))):
        beside = told(glm["observedToExpected"]) if glm else "not in this model"
        deciles.append([str(booster["bin"]), str(booster["claims"]), told(booster["observedToExpected"]), beside])
    return [
        Section(
            f"Simulated drivers that training never saw: {model['name']} {model['version']}, risk 0-100 against the true rank",
            ranks,
            ["Ceiling of features: a booster that is told the true rank. Frailty is what no sensor can see.", f"True rank inside the 90 % interval: {inside}."],
        ),
        Section(
            "Claims of the same drivers",
            judged,
            [f"Exposure alone: AUC {told(claims['aucOfAYearsClaims']['exposureAlone'])}; booster times exposure {told(claims['aucOfAYearsClaims']['boosterTimesExposure'])}; "
             f"truth times exposure {told(claims['aucOfAYearsClaims']['ceilingTimesExposure'])}."],
        ),
        Section("Calibration by decile of predicted frequency", deciles),
        Section(
            "Monotonicity by perturbation",
            [["rows", "features", "perturbations", "violations"], [str(monotone[key]) for key in ("rows", "features", "perturbations", "violations")]],
        ),
    ]


def _telematics(data: dict) -> list[Section]:
    rows = [["model", "AUC", "over exposure alone"]]
    for name, number in data["auc"].items():
        over = data["aucOverExposureAlone"].get(name)
        rows.append([name, told(number), told(over) if over else "reference"])
    notes = [
        f"Booster over GLM: {told(data['boosterOverGlm'])}.",
        f"Method: {data['method']}.",
        "An honest AUC on claims is about 0.6; one near 0.9 is a leak.",
    ]
    return [Section(f"Real claims with telematics: {data['policies']} policies, {data['withClaim']} with a claim", rows, notes)]


def _frequency(data: dict) -> list[Section]:
    if "missing" in data:
        return [Section("Real claims without telematics", [["not evaluated"]], [f"Missing: {', '.join(data['missing'])}."])]
    rows = [["model", "Poisson deviance", "skill over the null model", "Gini", "observed / expected"]]
    for name, deviance in data["poissonDeviance"].items():
        known = name in data["gini"]
        rows.append([name, told(deviance, 4), *(told(data[key][name]) if known else "" for key in ("devianceSkill", "gini", "observedToExpected"))])
    notes = [
        f"Booster over GLM: skill {told(data['devianceSkillBoosterOverGlm'])}, Gini {told(data['giniBoosterOverGlm'])}.",
        f"Method: {data['method']}.",
    ]
    title = f"Claim frequency on {data['policies']} real policies, {data['heldOutPolicies']} held out with {data['heldOutClaims']} claims"
    return [Section(title, rows, notes), *_calibration(data["calibration"], "Calibration of the frequency models, by decile of exposure")]


def _calibration(by_model: dict, title: str) -> list[Section]:
    rows = [["model", "bin", "claims", "expected claims", "observed / expected"]]
    for model, bins in by_model.items():
        rows += [[model, str(b["bin"]), str(b["claims"]), f"{b['expectedClaims']:.1f}", told(b["observedToExpected"])] for b in bins]
    return [Section(title, rows)]


def _own_claims(data: dict) -> list[Section]:
    auc = data["aucOfAnyClaim"]
    rows = [["model", "AUC of any claim", "deviance skill", "Gini"], ["exposureAlone", told(auc["exposureAlone"]), "", ""]]
    for name in ("glm", "booster"):
        rows.append([name, told(auc[name]), told(data["devianceSkill"][name]), told(data["gini"][name])])
    notes = [
        f"Claims per 100,000 km: {told(data['claimsPer100000Km'])}. Booster over GLM, skill: {told(data['devianceSkillBoosterOverGlm'])}.",
        f"Method: {data['method']}.",
    ]
    if data["fewClaims"]:
        notes.append("Few claims: under 271 even the mean frequency is known no better than to 10 %. Do not price from this model.")
    if data["suspectLeak"]:
        notes.append("Too good: an honest AUC on claims is about 0.6. Look for a leak, such as driving measured after the claim.")
    if "meanClaimMinor" in data:
        notes.append(f"Mean claim, in minor units: {told(data['meanClaimMinor'], 0)}.")
    title = f"Own claims: {data['drivers']} drivers, {data['claims']} claims, {data['exposureKm']:,.0f} km"
    out = [Section(title, rows, notes), *_calibration(data["calibration"], "Calibration on own claims, by decile of exposure")]
    return out + (_bias(data["bias"]) if "bias" in data else [])


def _bias(data: dict) -> list[Section]:
    head = ["group", "drivers", "km", "claims", "per 100,000 km", "predicted", "observed / expected", "mean relativity", "adverse impact ratio"]
    rows = [head]
    for name, group in data["groups"].items():
        impact = group["adverseImpact"]
        flag = "" if not impact or not impact["belowFourFifths"] else " below four fifths" + ("" if impact["certain"] else ", not certain")
        rows.append(
            [
                name + (" (thin)" if group["thin"] else ""),
                str(group["drivers"]),
                f"{group['exposureKm']:,.0f}",
                str(group["claims"]),
                told(group["claimsPer100000Km"]),
                told(group["predictedPer100000Km"]),
                told(group["observedToExpected"]),
                told(group["meanRelativity"]),
                told(impact) + flag,
            ]
        )
    notes = [f"Compared with {data['reference']}; favourable is {data['favourable']}. Rule: {data['rule']}."]
    by_group = {name: group["calibration"] for name, group in data["groups"].items()}
    return [Section("Bias report", rows, notes), *_calibration(by_group, "Calibration of the booster by group, by fifth of exposure")]
