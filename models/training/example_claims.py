"""A made-up portfolio for the tests, drawn by seed: a driver table as the TypeScript writes it, and claims that follow from it."""

import json
from pathlib import Path

import numpy as np

EXAMPLE_PARAMETERS = {"objective": "count:poisson", "max_depth": 2, "eta": 0.2, "min_child_weight": 2, "nthread": 1}


def example_parameters(monotone: list[int], base_rate: float, seed: int) -> dict:
    """XGBoost's parameters as the driver model gives them, small and quick."""
    return {**EXAMPLE_PARAMETERS, "monotone_constraints": tuple(monotone), "base_score": base_rate, "seed": seed}


def write_example(folder: Path, seed: int = 1, drivers: int = 600, effect: float = 1.0) -> None:
    """Writes driver.json, driver.f32, claims.csv and groups.csv.

    Harsh braking raises the claims by exp(effect) a standard deviation. Every driver has a second row in the table that holds other
    features, as tables.ts writes when it leaves a trip out. Group "b" brakes harder on average, "c" does not.
    """
    rng = np.random.default_rng(seed)
    group = rng.choice(["a", "b", "c"], drivers, p=[0.5, 0.3, 0.2])
    harsh = rng.normal(0.8 * (group == "b"), 1)
    night = rng.random(drivers)
    night[rng.random(drivers) < 0.1] = np.nan
    exposure_km = rng.uniform(3_000, 30_000, drivers)
    rate = 8e-6 * np.exp(effect * harsh)
    claims = rng.poisson(rate * exposure_km)
    number = np.arange(drivers)
    rows = np.column_stack([harsh, night, number])
    left_out = np.column_stack([rng.normal(size=drivers), night, number])
    about = {
        "featureVersion": 1,
        "features": [{"name": "harshPer100Km", "monotone": 1}, {"name": "nightShare", "monotone": 0}],
        "labels": ["driver"],
        "driverIds": [f"DRV-{index:04d}" for index in number],
    }
    (folder / "driver.json").write_text(json.dumps(about))
    (folder / "driver.f32").write_bytes(np.stack([rows, left_out], axis=1).reshape(-1, 3).astype("<f4").tobytes())
    lines = [f"DRV-{i:04d},{exposure_km[i]:.1f},{claims[i]},{claims[i] * 150_000}" for i in rng.permutation(drivers)]
    (folder / "claims.csv").write_text("driver_id,exposure_km,claims,claim_amount_minor\n" + "\n".join(lines) + "\n")
    labels = [f"DRV-{i:04d},{group[i]}" for i in range(drivers)]
    (folder / "groups.csv").write_text("driver_id,group\n" + "\n".join(labels) + "\n")
