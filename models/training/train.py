"""Trains models from their tables: python train.py --tables FOLDER --out FOLDER --version 1.0.0 [--models driver window] [--seed 1]."""

import argparse
import json
import sys
from pathlib import Path

from artifact import write_artifact
from driver_model import train_driver_model
from tables import read_table
from window_model import train_window_model

TRAINERS = {
    "driver": lambda folder, *how: train_driver_model(read_table(folder, "driver"), read_table(folder, "newcomers"), *how),
    "window": lambda folder, *how: train_window_model(read_table(folder, "window"), *how),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=Path, required=True, help="folder with NAME.f32 and NAME.json of each model")
    parser.add_argument("--out", type=Path, required=True, help="artifact root; NAME/VERSION is written below it")
    parser.add_argument("--version", required=True)
    parser.add_argument("--models", nargs="+", choices=TRAINERS, default=list(TRAINERS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    options = parser.parse_args()
    for name in options.models:
        artifact = TRAINERS[name](options.tables, options.seed, options.device)
        write_artifact(artifact, options.out / artifact.name / options.version, options.version, options.seed)
        print(json.dumps({"model": artifact.name, "version": options.version, **artifact.metrics}))
        print(f"{artifact.name} {options.version} written", file=sys.stderr)


if __name__ == "__main__":
    main()
