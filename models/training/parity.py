"""What XGBoost itself says of rows: the reference that every other engine is compared with.

python parity.py MODEL.json ROWS WHAT OUT: reads rows of little-endian float32, NaN where unknown, and writes float32 to OUT: as
`margins` one a row, as `contributions` one a feature and the base at the end of each row.
"""

import sys
from pathlib import Path

import numpy as np
import xgboost as xgb


def read_rows(booster: xgb.Booster, path: Path) -> np.ndarray:
    """Rows of shape (N, F) of a file of little-endian float32."""
    return np.fromfile(path, dtype="<f4").reshape(-1, booster.num_features())


def main(model: str, rows: str, what: str, out: str) -> None:
    booster = xgb.Booster(model_file=model)
    options = {"margins": {"output_margin": True}, "contributions": {"pred_contribs": True}}[what]
    booster.predict(xgb.DMatrix(read_rows(booster, Path(rows))), **options).astype("<f4").tofile(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
