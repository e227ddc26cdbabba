"""The command's output and the report's files, on a made-up portfolio."""

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import evaluate
from example_claims import example_parameters, write_example
from insurer import BoosterSettings, evaluate_own_claims, read_own_claims
from plots import write_report
from report_text import told
from test_real_claims import csv_text, telematic_rows


def run(*args: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with mock.patch("sys.argv", ["evaluate.py", *args]), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            evaluate.main()
        except SystemExit as leave:
            code = int(leave.code or 0)
    return code, out.getvalue(), err.getvalue()


class Reports(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_a_number_is_told_with_its_interval(self) -> None:
        self.assertEqual(told({"value": 0.5977, "ci95": [0.5494, 0.6459]}), "0.598 (0.549 to 0.646)")
        self.assertEqual(told({"value": 2.0, "ci95": None}, 1), "2.0 (no interval)")

    def test_the_last_line_of_json_is_one_object_and_tables_are_for_people(self) -> None:
        path = self.folder / "fretelematic.csv"
        path.write_text(csv_text(telematic_rows(150, effect=0.5)))
        code, out, err = run("--real", str(path), "--json", "--report", str(self.folder / "report"))
        self.assertEqual(code, 0)
        results = json.loads(out.splitlines()[-1])
        self.assertIn("booster", results["real"]["telematics"]["auc"])
        self.assertIn("no frequency model", err)
        self.assertEqual(json.loads((self.folder / "report" / "evaluation.json").read_text()), results)
        self.assertEqual({p.name for p in (self.folder / "report").iterdir()}, {"evaluation.json", "EVALUATION.md", "real-auc.svg", "real-auc.png"})
        code, out, _ = run("--real", str(path))
        self.assertEqual(code, 0)
        self.assertRegex(out, r"exposureAlone +0\.\d{3} \(0\.\d{3} to 0\.\d{3}\)")
        self.assertIn("Missing: freMTPL2freq.csv.gz, freMTPL2sev.csv.gz.", out)

    def test_the_bias_report_and_every_plot_are_written_the_same_each_time(self) -> None:
        write_example(self.folder, drivers=250)
        settings = BoosterSettings(example_parameters, 10)
        own = read_own_claims(self.folder / "claims.csv", self.folder / "groups.csv", self.folder)
        claims = evaluate_own_claims(own, None, 1, settings)
        for name in ("one", "two"):
            write_report({"seed": 1, "claims": claims}, self.folder / name)
        text = (self.folder / "one" / "EVALUATION.md").read_text()
        self.assertIn("## Bias report", text)
        self.assertIn("29 CFR 1607.4 D", text)
        self.assertIn("Few claims", text)
        for plot in ("claims-auc", "claims-calibration", "claims-lift", "bias-calibration"):
            self.assertIn(f"]({plot}.svg)", text)
            svg = (self.folder / "one" / f"{plot}.svg").read_bytes()
            self.assertEqual(svg, (self.folder / "two" / f"{plot}.svg").read_bytes())
            self.assertTrue((self.folder / "one" / f"{plot}.png").read_bytes().startswith(b"\x89PNG"))

    def test_options_that_do_not_go_together_are_refused_with_2(self) -> None:
        for args, message in (
            ((), "nothing was asked for"),
            (("--claims", "x.csv"), "--claims needs --tables"),
            (("--groups", "x.csv", "--real", "y.csv"), "--groups and --reference go with --claims"),
            (("--real", "x.csv", "--out", "y", "--version", "1.0.0"), "--out and --version go together, and with --claims"),
            (("--claims", "x.csv", "--tables", str(self.folder)), "no driver.json and no driver.f32"),
        ):
            with self.subTest(args=args):
                code, out, err = run(*args)
                self.assertEqual((code, out), (2, ""))
                self.assertIn(message, err)


if __name__ == "__main__":
    unittest.main()
