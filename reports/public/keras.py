"""Reads the layers of Keras, as nsfwjs and .h5 files hold them, and a frozen TensorFlow graph of TensorFlow.js, into a Graph."""
import base64
import json
import math
import subprocess
import numpy as np
from graph import LINEAR, RELU, RELU6, Graph


SCRIPT = """
const fs = require('fs'), path = require('path'), [folder] = process.argv.slice(1)
const value = file => { const it = require(path.resolve(folder, file)); return it.default || it }
const shards = fs.readdirSync(folder).filter(file => file.includes('shard')).sort()
process.stdout.write(JSON.stringify({ model: value('model.min.js'), shards: shards.map(value) }))
"""


def javascript(folder):
    """The topology and the weights by name of a model that nsfwjs carries as scripts, which Node reads."""
    read = json.loads(subprocess.run(["node", "-e", SCRIPT, folder], check=True, capture_output=True).stdout)
    topology = read["model"]
    raw = b"".join(base64.b64decode(shard) for shard in read["shards"])
    found, at = {}, 0
    for weight in (w for group in topology["weightsManifest"] for w in group["weights"]):
        quantised = weight.get("quantization")
        kind = np.dtype(quantised["dtype"] if quantised else weight["dtype"])
        count = math.prod(weight["shape"])
        array = np.frombuffer(raw, kind, count, at)
        at += count * kind.itemsize
        if quantised and "scale" in quantised:
            array = array.astype(np.float32) * np.float32(quantised["scale"]) + np.float32(quantised["min"])
        found[weight["name"]] = array.reshape(weight["shape"])
    assert at == len(raw)
    return topology["modelTopology"], found


def layers(topology, weights):
    """A graph of the layers, and the name of its logits."""
    config = topology["model_config"]["config"]
    _, height, width, channels = config["layers"][0]["config"]["batch_input_shape"]
    graph, names, pads = Graph(channels, height, width), {}, {}
    for layer in config["layers"]:
        own, kind = layer["config"], layer["class_name"]
        name = own["name"]
        inputs = [names[i[0]] for i in layer["inbound_nodes"][0]] if layer["inbound_nodes"] else []
        if kind == "InputLayer":
            names[name] = "image"
        elif kind == "ZeroPadding2D":  # becomes the padding of the convolution that follows
            names[name], pads[name] = inputs[0], own["padding"]
        elif kind in ("Conv2D", "DepthwiseConv2D"):
            deep = kind == "DepthwiseConv2D"
            kernel = weights[name + ("/depthwise_kernel" if deep else "/kernel")]
            padding = pads.get(layer["inbound_nodes"][0][0][0], own["padding"])
            weight = kernel.transpose(2, 3, 0, 1) if deep else kernel.transpose(3, 2, 0, 1)
            names[name] = graph.conv(inputs[0], weight, weights.get(name + "/bias"), own["strides"], padding,
                                     len(weight) if deep else 1, own.get("activation", LINEAR))
        elif kind == "BatchNormalization":
            shift = weights[name + "/beta"]
            names[name] = graph.norm(inputs[0], weights.get(name + "/gamma", np.ones_like(shift)), shift,
                                     weights[name + "/moving_mean"], weights[name + "/moving_variance"], own["epsilon"])
        elif kind == "Activation":
            names[name] = graph.activated(inputs[0], own["activation"])
        elif kind == "ReLU":
            names[name] = graph.activated(inputs[0], RELU6 if own.get("max_value") == 6 else RELU)
        elif kind in ("MaxPooling2D", "AveragePooling2D"):
            names[name] = graph.pool(inputs[0], "max" if kind[0] == "M" else "average", own["pool_size"], own["strides"], own["padding"])
        elif kind == "Concatenate":
            shapes = [graph.shapes[i] for i in inputs]
            names[name] = graph.node("Concat", inputs, (sum(s[0] for s in shapes), *shapes[0][1:]), axis=1)
        elif kind == "Add":
            names[name] = graph.node("Add", inputs, graph.shapes[inputs[0]])
        elif kind == "Flatten":
            names[name] = graph.flat(inputs[0])
        elif kind == "Dropout":
            names[name] = inputs[0]
        elif kind == "Dense":
            activation = own["activation"]
            names[name] = graph.dense(inputs[0], weights[name + "/kernel"], weights[name + "/bias"],
                                      LINEAR if activation == "softmax" else activation)
        else:
            raise ValueError(f"layer {kind} is not read")
    return graph, names[config["output_layers"][0][0]]


def frozen(topology, weights, side):
    """A graph of the nodes of a frozen MobileNet, and the name of its logits."""
    graph, names = Graph(3, side, side), {}
    for node in topology["node"]:
        kind, inputs, name = node["op"], node.get("input", []), node["name"]
        if kind == "Const":
            continue
        if kind == "Placeholder":
            names[name] = "image"
        elif kind in ("Mul", "Sub"):
            there = [names.get(i) or graph.constant(np.float32(weights[i]).reshape(1, -1, 1, 1)) for i in inputs]
            names[name] = graph.node(kind, there, graph.shapes["image"])
        elif kind in ("_FusedConv2D", "FusedDepthwiseConv2dNative"):
            kernel, bias = weights[inputs[1]], weights[inputs[2]]
            deep = kind != "_FusedConv2D"
            weight = kernel.transpose(2, 3, 0, 1) if deep else kernel.transpose(3, 2, 0, 1)
            stride = [int(n) for n in node["attr"]["strides"]["list"]["i"][1:3]]
            fused = [base64.b64decode(s) for s in node["attr"]["fused_ops"]["list"]["s"]]
            assert base64.b64decode(node["attr"]["padding"]["s"]) == b"SAME" and fused[0] == b"BiasAdd"
            names[name] = graph.conv(names[inputs[0]], weight, bias, stride, "same", len(weight) if deep else 1,
                                     RELU6 if fused[1:] == [b"Relu6"] else LINEAR)
        elif kind == "AddV2":
            names[name] = graph.node("Add", [names[i] for i in inputs], graph.shapes[names[inputs[0]]])
        elif kind == "AvgPool":
            names[name] = graph.average(names[inputs[0]])
        elif kind == "_FusedMatMul":
            names[name] = graph.dense(names[inputs[0]], weights[inputs[1]], weights[inputs[2]])
        elif kind in ("Squeeze", "Softmax", "Identity"):
            names[name] = names[inputs[0]]
        else:
            raise ValueError(f"node {kind} is not read")
    return graph, names["Identity"]
