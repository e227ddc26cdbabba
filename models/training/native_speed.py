"""How fast XGBoost itself is: runs a way of predicting for each line on standard input and prints the seconds that it took.

python native_speed.py MODEL.json ROWS THREADS: rows are little-endian float32, NaN where unknown. Ways: `inplace`, `matrix`,
`contributions`. The matrix is made anew each time, outside of what is timed: a booster remembers the margins of one that it has seen.
"""

import sys
import time
from pathlib import Path

import xgboost as xgb

from parity import read_rows


def main(model: str, rows_file: str, threads: str) -> None:
    booster = xgb.Booster({"nthread": int(threads)}, model_file=model)
    rows = read_rows(booster, Path(rows_file))
    ways = {
        "inplace": lambda _: booster.inplace_predict(rows, predict_type="margin"),
        "matrix": lambda matrix: booster.predict(matrix, output_margin=True),
        "contributions": lambda matrix: booster.predict(matrix, pred_contribs=True),
    }
    for line in sys.stdin:
        way = ways[line.strip()]
        matrix = xgb.DMatrix(rows, nthread=int(threads))
        start = time.perf_counter()
        way(matrix)
        print(time.perf_counter() - start, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
