"""The driver model of an insurer: trained on all of its claims, written as an artifact like the one it replaces."""

from pathlib import Path

import numpy as np
import xgboost as xgb

from artifact import Artifact, native_margin, write_artifact
from insurer import EXPOSURE_UNIT_KM, BoosterSettings, OwnClaims
from report_text import told
from tables import Table


def write_own_model(own: OwnClaims, report: dict, folder: Path, version: str, seed: int, settings: BoosterSettings) -> Path:
    """Writes FOLDER/driver-risk/VERSION and gives its path. `report` is the evaluation out of fold, of models like this one."""
    table, file = own.table, own.file
    exposure = file.exposure_km / EXPOSURE_UNIT_KM
    base = float(file.claims.sum() / exposure.sum())
    booster = xgb.train(
        settings.parameters(table.monotone, base, seed),
        xgb.DMatrix(table.features, label=file.claims, base_margin=np.log(exposure * base)),
        num_boost_round=settings.rounds,
    )
    margins = native_margin(booster, table.features)
    # The portfolio's base: the margin at which expected and observed claims agree.
    off_balance = float(np.log(file.claims.sum() / (np.exp(margins) * exposure).sum()))
    kept = ("drivers", "claims", "exposureKm", "method", "claimsPer100000Km", "devianceSkill", "gini", "aucOfAnyClaim", "fewClaims", "inventory")
    artifact = Artifact(
        name="driver-risk",
        kind="driver",
        booster=booster,
        table=table,
        base_margin=float(np.log(base)),
        reference_margins=margins,
        metrics={"ownClaims": {name: report[name] for name in kept}},
        card=_card(table, report),
        calibration={"portfolioMargin": round(float(np.log(base)) - off_balance, 9)},
    )
    path = folder / artifact.name / version
    write_artifact(artifact, path, version, seed)
    return path


def _card(table: Table, report: dict) -> str:
    skill, gini, auc = report["devianceSkill"], report["gini"], report["aucOfAnyClaim"]
    few = "\n\n**Few claims.** Even the mean frequency is known no better than to 10 %: do not price from this model." if report["fewClaims"] else ""
    bias = f"Tested by {len(report['bias']['groups'])} groups" if "bias" in report else "Not tested: no group labels were given"
    return f"""# driver-risk, trained on own claims

**What it says.** The logarithm of a driver's expected claims per 100,000 km, from {len(table.feature_names)} features that are pure
functions of trip statistics. Kilometres enter as an offset and are no feature; no group label is one.

**What it was trained on.** {report["claims"]} claims of {report["drivers"]} drivers over {report["exposureKm"]:,.0f} km.

**How good it is, on drivers it never saw** ({report["method"]}). Deviance skill over the null model: booster {told(skill["booster"])}, Poisson
GLM {told(skill["glm"])}. Gini: booster {told(gini["booster"])}, GLM {told(gini["glm"])}. AUC of any claim: booster {told(auc["booster"])}, GLM
{told(auc["glm"])}, exposure alone {told(auc["exposureAlone"])}. An honest AUC on claims is about 0.6.{few}

**Bias.** {bias}. The figures are in the evaluation.

**What it is not for.** Any portfolio, period or coverage but the one whose claims it saw.
"""
