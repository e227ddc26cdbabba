"""What XGBoost itself says of rows: the reference that every other engine is compared with.

python parity.py MODEL.json ROWS OUT: reads rows of little-endian float32, NaN where unknown; writes OUT/margins.f32, one a row, and
OUT/contributions.f32, one a feature and the base at the end of each row.
"""

import sys
from pathlib import Path

import numpy as np
import xgboost as xgb


def read_rows(booster: xgb.Booster, path: Path) -> np.ndarray:
    """Rows of shape (N, F) of a file of little-endian float32."""
    return np.fromfile(path, dtype="<f4").reshape(-1, booster.num_features())


def main(model: str, rows: str, out: str) -> None:
    booster = xgb.Booster(model_file=model)
    data = xgb.DMatrix(read_rows(booster, Path(rows)))
    for name, options in (("margins", {"output_margin": True}), ("contributions", {"pred_contribs": True})):
        booster.predict(data, **options).astype("<f4").tofile(Path(out) / f"{name}.f32")


if __name__ == "__main__":
    main(*sys.argv[1:])
