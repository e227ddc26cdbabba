"""Trains both models from the tables: python train.py --tables FOLDER --out FOLDER --version 1.0.0 [--seed 1]."""

import argparse
import json
import sys
from pathlib import Path

from artifact import write_artifact
from driver_model import train_driver_model
from tables import read_table
from window_model import train_window_model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=Path, required=True, help="folder with driver.f32, driver.json, window.f32, window.json")
    parser.add_argument("--out", type=Path, required=True, help="artifact root; NAME/VERSION is written below it")
    parser.add_argument("--version", required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for name, train in (("driver", train_driver_model), ("window", train_window_model)):
        artifact = train(read_table(options.tables, name), options.seed)
        write_artifact(artifact, options.out / artifact.name / options.version, options.version, options.seed)
        print(json.dumps({"model": artifact.name, "version": options.version, **artifact.metrics}))
        print(f"{artifact.name} {options.version} written", file=sys.stderr)


if __name__ == "__main__":
    main()
