"""XGBoost trees as plain tensor operators, level by level: what many rows at once are scored with.

A tree operator follows one row through one tree, and its branches cannot be foretold: most of its time goes into wrong guesses. Here
every split is asked of all rows, each that several trees share once, and then all rows take a level of all trees together, without
a branch: of those that are here, the ones with `less = value < threshold` go left and the others right. At the end a row is at one
leaf of each tree, and a product with the leaves' values adds these up. Tensors have a line for a split or a node and a column for a
row, so that a threshold meets the values of all rows side by side.
"""

import numpy as np
from onnx import NodeProto, TensorProto, helper, numpy_helper


class LevelGraph:
    """Operators and constants from `features` (N, F) float32 to `margin` (N, 1) float32."""

    def __init__(self, trees: list[dict], depth: int, width: int, base_margin: float) -> None:
        """Takes trees as in XGBoost's JSON, none deeper than `depth`."""
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []
        columns, thresholds, leaves = (np.stack(part) for part in zip(*(_fill(t, depth, width) for t in trees), strict=True))
        asked = np.stack((columns, thresholds), axis=-1).reshape(-1, 2)
        splits, places = np.unique(asked, axis=0, return_inverse=True)
        places = places.reshape(columns.shape)
        all_less = self._less(splits)
        left = right = here = ""
        for level in range(depth):
            # Of a filled tree the nodes of a level lie together; first come those of all trees at its first place, and so on.
            nodes = places[:, 2**level - 1 : 2 ** (level + 1) - 1]
            less = self._add("Gather", [all_less, self._constant(f"nodes_{level}", nodes.T.reshape(-1))], f"less_{level}", axis=0)
            left = self._add("And", [here, less], f"left_{level}") if here else less
            right = self._add("Xor", [here, left], f"right_{level}") if here else self._add("Not", [less], "right_0")
            if level < depth - 1:
                here = self._add("Concat", [left, right], f"here_{level + 1}", axis=0)
        halves = np.split(leaves, 2, axis=1)
        sums = [self._sum(side, at, half) for side, at, half in zip(("left", "right"), (left, right), halves, strict=True)]
        total = self._add("Sum", [*sums, self._constant("base", np.float32([[base_margin]]))], "total")
        self._add("Reshape", [total, self._constant("one_a_row", np.int64([-1, 1]))], "margin")

    def _less(self, splits: np.ndarray) -> str:
        """Whether rows are less, (S, N), of splits (S, 2) with line and threshold.

        There are two lines a feature: one as it is, where unknown (NaN) is less than nothing, and one where it is less than all.
        """
        lines = self._add("Transpose", ["features"], "lines", perm=[1, 0])
        unknown = self._add("IsNaN", [lines], "unknown")
        least = self._constant("least", np.float32(-np.inf))
        both = self._add("Concat", [lines, self._add("Where", [unknown, least, lines], "unknown_less")], "both", axis=0)
        values = self._add("Gather", [both, self._constant("lines_asked", splits[:, 0].astype(np.int64))], "values", axis=0)
        return self._add("Less", [values, self._constant("thresholds", splits[:, 1:].astype(np.float32))], "less")

    def _sum(self, side: str, reached: str, leaves: np.ndarray) -> str:
        """Values of the leaves on one side of the lowest splits, summed by row, (1, N)."""
        counts = self._add("Cast", [reached], f"{side}_reached", to=TensorProto.FLOAT)
        return self._add("MatMul", [self._constant(f"{side}_leaves", leaves.T.reshape(1, -1)), counts], f"{side}_sum")

    def _constant(self, name: str, value: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def _add(self, operator: str, inputs: list[str], output: str, **attributes: int | list[int]) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output


def tree_depth(tree: dict, node: int = 0) -> int:
    """Splits on the longest way down from a node."""
    left = tree["left_children"][node]
    return 0 if left == -1 else 1 + max(tree_depth(tree, left), tree_depth(tree, tree["right_children"][node]))


def _fill(tree: dict, depth: int, width: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Line, threshold and leaf of each place of a tree filled up to `depth`, level by level.

    The children of a level's place j are j and j + 2^level of the next: first all that went left, then all that went right. Below
    a leaf that lies higher both sides have its value, so that it is no matter where a row goes.
    """
    columns = np.zeros(2**depth - 1)
    thresholds = np.zeros(2**depth - 1)
    leaves = np.zeros(2**depth, dtype=np.float32)

    def place(node: int, level: int, j: int) -> None:
        left, value = tree["left_children"][node], tree["split_conditions"][node]
        if level == depth:
            leaves[j] = value
            return
        if left != -1:
            at = 2**level - 1 + j
            columns[at] = tree["split_indices"][node] + (width if tree["default_left"][node] else 0)
            thresholds[at] = value
        place(node if left == -1 else left, level + 1, j)
        place(node if left == -1 else tree["right_children"][node], level + 1, j + 2**level)

    place(0, 0, 0)
    return columns, thresholds, leaves
