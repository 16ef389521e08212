"""Builds an ONNX file of a convolutional network: maps are channels first, padding `same` is TensorFlow's."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RELU, RELU6, LINEAR = "relu", "relu6", "linear"


def same(kernel, stride, size):
    """Zeros before and after, by which the output has ceil(size / stride) places."""
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


class Graph:
    """A network in the making. Each method adds a layer and returns the name of its output."""

    def __init__(self, channels, height, width):
        self.nodes, self.weights = [], []
        self.shapes = {"image": tuple(int(n) for n in (channels, height, width))}

    def constant(self, array):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(self, kind, inputs, shape, **attributes):
        name = f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        self.shapes[name] = tuple(int(n) for n in shape)
        return name

    def activated(self, x, activation):
        if activation == RELU:
            return self.node("Relu", [x], self.shapes[x])
        if activation == RELU6:
            low, high = self.constant(np.float32(0)), self.constant(np.float32(6))
            return self.node("Clip", [x, low, high], self.shapes[x])
        assert activation == LINEAR, activation
        return x

    def window(self, x, kernel, stride, padding):
        """Pads (top, left, bottom, right) and the output's height and width."""
        sizes = self.shapes[x][1:]
        if padding == "same":
            (top, bottom), (left, right) = (same(k, s, n) for k, s, n in zip(kernel, stride, sizes))
        elif padding == "valid":
            top = bottom = left = right = 0
        else:
            (top, bottom), (left, right) = padding
        heights = (top + bottom, left + right)
        out = [(n + p - k) // s + 1 for n, p, k, s in zip(sizes, heights, kernel, stride)]
        return [top, left, bottom, right], out

    def conv(self, x, weight, bias=None, stride=(1, 1), padding="same", groups=1, activation=LINEAR):
        """`weight` is outputs x inputs / groups x height x width."""
        pads, out = self.window(x, weight.shape[2:], stride, padding)
        inputs = [x, self.constant(weight)] + ([] if bias is None else [self.constant(bias)])
        y = self.node("Conv", inputs, (weight.shape[0], *out), kernel_shape=list(weight.shape[2:]),
                      strides=list(stride), pads=pads, group=groups)
        return self.activated(y, activation)

    def norm(self, x, scale, shift, mean, variance, epsilon):
        arrays = [self.constant(a) for a in (scale, shift, mean, variance)]
        return self.node("BatchNormalization", [x, *arrays], self.shapes[x], epsilon=float(epsilon))

    def pool(self, x, kind, kernel, stride, padding):
        """`kind` is max or average; an average leaves the padding out."""
        pads, out = self.window(x, kernel, stride, padding)
        more = {} if kind == "max" else {"count_include_pad": 0}
        return self.node("MaxPool" if kind == "max" else "AveragePool", [x], (self.shapes[x][0], *out),
                         kernel_shape=list(kernel), strides=list(stride), pads=pads, **more)

    def average(self, x):
        """The mean of each map, as a vector."""
        y = self.node("GlobalAveragePool", [x], (self.shapes[x][0], 1, 1))
        return self.node("Flatten", [y], (self.shapes[x][0],), axis=1)

    def flat(self, x):
        """A map as a vector in TensorFlow's order, in which channels are last."""
        shape = self.shapes[x]
        if len(shape) == 3 and shape[1] * shape[2] > 1:
            x = self.node("Transpose", [x], (shape[1], shape[2], shape[0]), perm=[0, 2, 3, 1])
        return x if len(shape) == 1 else self.node("Flatten", [x], (int(np.prod(shape)),), axis=1)

    def dense(self, x, weight, bias, activation=LINEAR):
        """`weight` is inputs x outputs."""
        y = self.node("Gemm", [x, self.constant(weight), self.constant(bias)], (weight.shape[1],))
        return self.activated(y, activation)

    def write(self, file, output, classes):
        """Writes the file; its one output are the logits, N x classes."""
        channels, height, width = self.shapes["image"]
        self.nodes.append(helper.make_node("Identity", [output], ["logits"]))
        graph = helper.make_graph(
            self.nodes, "network",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["batch", channels, height, width])],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", self.shapes[output][0]])],
            self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
        if classes:
            helper.set_model_props(model, {"classes": "\n".join(classes)})
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, file)
