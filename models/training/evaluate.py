"""Evaluates the models: python evaluate.py [--artifact DIR --held-out DIR] [--real FILE] [--claims FILE --tables FOLDER [--groups FILE]] [--report FOLDER] [--json].

Data on stdout (a table, or one line of JSON), what is being done on stderr. Leaves with 2 where the input cannot be used.
"""

import argparse
import json
import re
import sys
from pathlib import Path

from bad_input import BadInput
from evaluate_portfolio import evaluate_portfolio
from insurer import driver_model_settings, evaluate_own_claims, read_own_claims
from real_claims import evaluate_real_claims
from report_text import plain_text

# Tables of held-out drivers: a month, a quarter and a year of driving seen. The first is the one for claims.
HELD_OUT = ["month", "quarter", "year"]


def evaluate(options: argparse.Namespace) -> dict:
    """Every part that was asked for, by name. @raises BadInput"""
    parts: dict = {}
    if options.artifact:
        parts["portfolio"] = evaluate_portfolio(options.artifact, options.held_out, HELD_OUT, options.seed)
    if options.real:
        parts["real"] = evaluate_real_claims(options.real, options.seed)
    if options.claims:
        parts["claims"] = _own_claims(options)
    return parts


def _own_claims(options: argparse.Namespace) -> dict:
    own = read_own_claims(options.claims, options.groups, options.tables)
    settings = driver_model_settings()
    report = evaluate_own_claims(own, options.reference, options.seed, settings)
    if options.out:
        from own_model import write_own_model

        path = write_own_model(own, report, options.out, options.version, options.seed, settings)
        print(f"model written to {path}", file=sys.stderr)
    return report


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--artifact", type=Path, help="folder of a driver model, judged on the tables in --held-out")
    parser.add_argument("--held-out", type=Path, help="folder with the tables of held-out simulated drivers and their scores")
    parser.add_argument("--real", type=Path, help="fretelematic.csv; freMTPL2freq.csv.gz and freMTPL2sev.csv.gz are looked for beside it")
    parser.add_argument("--claims", type=Path, help="own claims: driver_id,exposure_km,claims[,claim_amount_minor][,group]")
    parser.add_argument("--groups", type=Path, help="group labels for the bias report: driver_id,group")
    parser.add_argument("--reference", help="group that the others are compared with (default: the one with the most drivers)")
    parser.add_argument("--tables", type=Path, help="folder with driver.json and driver.f32")
    parser.add_argument("--out", type=Path, help="artifact root: writes driver-risk/VERSION, trained on all of the claims")
    parser.add_argument("--version", help="version of that artifact, x.y.z")
    parser.add_argument("--report", type=Path, help="folder for evaluation.json, EVALUATION.md and plots")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _checked(options: argparse.Namespace) -> None:
    """@raises BadInput where options do not go together"""
    if bool(options.artifact) != bool(options.held_out):
        raise BadInput("--artifact and --held-out go together")
    if bool(options.claims) and not options.tables:
        raise BadInput("--claims needs --tables, the folder with the driver table")
    if (options.groups or options.reference) and not options.claims:
        raise BadInput("--groups and --reference go with --claims")
    if bool(options.out) != bool(options.version) or (options.out and not options.claims):
        raise BadInput("--out and --version go together, and with --claims")
    if options.version and not re.fullmatch(r"\d+\.\d+\.\d+", options.version):
        raise BadInput(f'--version is "{options.version}", must be like 1.2.0')


def main() -> None:
    options = _options()
    try:
        _checked(options)
        parts = evaluate(options)
        if not parts:
            raise BadInput("nothing was asked for: give --artifact DIR --held-out DIR, --real FILE or --claims FILE --tables FOLDER")
    except BadInput as error:
        print(f"models:evaluate: {error}", file=sys.stderr)
        sys.exit(2)
    results = {"seed": options.seed, **parts}
    if options.report:
        from plots import write_report

        write_report(results, options.report)
        print(f"report written to {options.report}", file=sys.stderr)
    print(json.dumps(results, allow_nan=False) if options.json else plain_text(results))


if __name__ == "__main__":
    main()
