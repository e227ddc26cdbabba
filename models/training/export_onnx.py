"""XGBoost models as ONNX that answers with the raw margin.

Written from the model's own JSON, because converters get `count:poisson` and `base_score` wrong (onnxmltools #646, #658).
XGBoost goes left where `x < threshold`; a missing value goes where the split's default points.
"""

import json
from pathlib import Path

import onnx
import xgboost as xgb
from onnx import TensorProto, helper

from onnx_levels import LevelGraph, tree_depth

OPSET = 3  # of ai.onnx.ml: TreeEnsembleRegressor, in every runtime since 1.10

# Deeper trees are not scored faster level by level: each level doubles the work, while a row passes one split more.
MAX_LEVELS = 4


def export_onnx(booster: xgb.Booster, base_margin: float, path: Path, many_rows: bool = False) -> None:
    """Writes `path`: input `features` (N, F) float32, output `margin` (N, 1) float32.

    For `many_rows` at once shallow trees become tensor operators, level by level; else there is one tree operator, which has a single
    row sooner.
    """
    model = json.loads(booster.save_raw("json"))
    trees = model["learner"]["gradient_booster"]["model"]["trees"]
    width = int(model["learner"]["learner_model_param"]["num_feature"])
    depth = max(1, *(tree_depth(tree) for tree in trees))
    nodes, constants, opsets = [], [], [helper.make_opsetid("", 17)]
    if many_rows and depth <= MAX_LEVELS:
        levels = LevelGraph(trees, depth, width, base_margin)
        nodes, constants = levels.nodes, levels.constants
    else:
        nodes.append(_tree_node(trees, base_margin))
        opsets.append(helper.make_opsetid("ai.onnx.ml", OPSET))
    graph = helper.make_graph(
        nodes,
        "trees",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, width])],
        [helper.make_tensor_value_info("margin", TensorProto.FLOAT, [None, 1])],
        constants,
    )
    proto = helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="fairmile")
    onnx.checker.check_model(proto)
    path.write_bytes(proto.SerializeToString(deterministic=True))


def _tree_node(trees: list[dict], base_margin: float) -> onnx.NodeProto:
    return helper.make_node(
        "TreeEnsembleRegressor",
        ["features"],
        ["margin"],
        domain="ai.onnx.ml",
        n_targets=1,
        aggregate_function="SUM",
        post_transform="NONE",
        base_values=[base_margin],
        **_tree_attributes(trees),
    )


def _tree_attributes(trees: list[dict]) -> dict[str, list]:
    """The flat node lists that the operator wants; a leaf is a node whose children are -1 in XGBoost."""
    out: dict[str, list] = {
        key: []
        for key in (
            "nodes_treeids nodes_nodeids nodes_featureids nodes_values nodes_modes nodes_truenodeids nodes_falsenodeids "
            "nodes_missing_value_tracks_true target_treeids target_nodeids target_ids target_weights"
        ).split()
    }
    for tree_id, tree in enumerate(trees):
        for node_id, left in enumerate(tree["left_children"]):
            leaf = left == -1
            value = tree["split_conditions"][node_id]
            out["nodes_treeids"].append(tree_id)
            out["nodes_nodeids"].append(node_id)
            out["nodes_featureids"].append(0 if leaf else tree["split_indices"][node_id])
            out["nodes_values"].append(0.0 if leaf else value)
            out["nodes_modes"].append("LEAF" if leaf else "BRANCH_LT")
            out["nodes_truenodeids"].append(0 if leaf else left)
            out["nodes_falsenodeids"].append(0 if leaf else tree["right_children"][node_id])
            out["nodes_missing_value_tracks_true"].append(0 if leaf else int(tree["default_left"][node_id]))
            if leaf:
                out["target_treeids"].append(tree_id)
                out["target_nodeids"].append(node_id)
                out["target_ids"].append(0)
                out["target_weights"].append(value)
    return out
