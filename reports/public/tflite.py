"""Reads a TensorFlow Lite file, float or 8-bit, into a Graph. 8-bit weights become the floats that they stand for."""
import struct
import numpy as np
from graph import LINEAR, RELU, RELU6, Graph

TYPES = {0: np.float32, 1: np.float16, 2: np.int32, 3: np.uint8, 4: np.int64, 9: np.int8}
PADDING = {0: "same", 1: "valid"}
ACTIVATION = {0: LINEAR, 1: RELU, 3: RELU6}


class Part:
    """A table of a flat buffer."""

    def __init__(self, raw, at):
        self.raw, self.at = raw, at
        self.fields = at - struct.unpack_from("<i", raw, at)[0]
        self.size = struct.unpack_from("<H", raw, self.fields)[0]

    def place(self, index):
        slot = 4 + 2 * index
        offset = struct.unpack_from("<H", self.raw, self.fields + slot)[0] if slot < self.size else 0
        return self.at + offset if offset else None

    def number(self, index, kind="i", default=0):
        place = self.place(index)
        return default if place is None else struct.unpack_from("<" + kind, self.raw, place)[0]

    def follow(self, place):
        return place + struct.unpack_from("<I", self.raw, place)[0]

    def part(self, index):
        place = self.place(index)
        return None if place is None else Part(self.raw, self.follow(place))

    def parts(self, index):
        start = self.follow(self.place(index))
        count = struct.unpack_from("<I", self.raw, start)[0]
        return [Part(self.raw, self.follow(start + 4 + 4 * i)) for i in range(count)]

    def array(self, index, kind):
        place = self.place(index)
        if place is None:
            return np.zeros(0, kind)
        start = self.follow(place)
        return np.frombuffer(self.raw, kind, struct.unpack_from("<I", self.raw, start)[0], start + 4)


class Tensor:
    def __init__(self, part, buffers):
        self.shape = tuple(part.array(0, np.int32))
        self.kind = np.dtype(TYPES[part.number(1, "b")])
        raw = buffers[part.number(2, "I")].array(0, np.uint8)
        scales = part.part(4)
        self.scale = scales.array(2, np.float32) if scales else np.zeros(0, np.float32)
        self.zero = scales.array(3, np.int64) if scales else np.zeros(0, np.int64)
        self.axis = scales.number(6) if scales else 0
        self.data = raw.view(self.kind).reshape(self.shape) if raw.size else None

    def floats(self):
        """The numbers, as floats."""
        if self.data is None or not len(self.scale):
            return None if self.data is None else self.data.astype(np.float32)
        shape = [1] * len(self.shape)
        if len(self.scale) > 1:
            shape[self.axis] = len(self.scale)
        return ((self.data.astype(np.float64) - self.zero.reshape(shape)) * self.scale.reshape(shape)).astype(np.float32)


def read(file):
    """The graph, the name of its logits, and the number of the tensor that they are in the file."""
    raw = open(file, "rb").read()
    model = Part(raw, struct.unpack_from("<I", raw, 0)[0])
    codes = [max(code.number(0, "b"), code.number(3)) for code in model.parts(1)]
    network, buffers = model.parts(2)[0], model.parts(4)
    tensors = [Tensor(part, buffers) for part in network.parts(0)]
    start = network.array(1, np.int32)[0]
    _, height, width, channels = tensors[start].shape
    graph = Graph(channels, height, width)
    names, pads, last = {start: "image"}, {}, start
    for step in network.parts(3):
        inputs, outputs = step.array(1, np.int32), step.array(2, np.int32)
        kind = codes[step.number(0, "I")]
        if kind in (25, 114, 6):  # softmax is left out; quantize and dequantize are the identity of floats
            names[outputs[0]] = names[inputs[0]]
            continue
        if kind in (77, 45, 83):  # the shape of a vector, computed
            continue
        if kind == 34:  # becomes the padding of the convolution that follows
            names[outputs[0]], pads[outputs[0]] = names[inputs[0]], tensors[inputs[1]].data[1:3].tolist()
            continue
        padding = pads.get(inputs[0]) or PADDING[step.part(4).number(0, "b")] if kind in (1, 3, 4, 17) else None
        names[outputs[0]] = layer(graph, kind, step.part(4), padding, inputs, names, tensors)
        last = outputs[0] if kind != 22 else last  # a vector under another shape
    return graph, graph.flat(names[last]), last


def layer(graph, kind, options, padding, inputs, names, tensors):
    x = names[inputs[0]]
    known = [tensors[i].floats() if i >= 0 else None for i in inputs[1:]]
    if kind == 3:  # convolution
        stride, activation = (options.number(2), options.number(1)), ACTIVATION[options.number(3, "b")]
        return graph.conv(x, known[0].transpose(0, 3, 1, 2), known[1].reshape(-1), stride, padding, 1, activation)
    if kind == 4:  # by channel
        stride, activation = (options.number(2), options.number(1)), ACTIVATION[options.number(4, "b")]
        weight = known[0].transpose(3, 0, 1, 2)
        groups = graph.shapes[x][0]
        return graph.conv(x, weight, known[1].reshape(-1), stride, padding, groups, activation)
    if kind in (1, 17):
        kernel, stride = (options.number(4), options.number(3)), (options.number(2), options.number(1))
        if kind == 1 and kernel == graph.shapes[x][1:]:
            return graph.node("GlobalAveragePool", [x], (graph.shapes[x][0], 1, 1))
        return graph.pool(x, "max" if kind == 17 else "average", kernel, stride, padding)
    if kind == 40:  # the mean over rows and columns
        assert sorted(tensors[inputs[1]].data.reshape(-1)) == [1, 2]
        return graph.node("GlobalAveragePool", [x], (graph.shapes[x][0], 1, 1))
    if kind == 0:
        y = graph.node("Add", [x, names[inputs[1]]], graph.shapes[x])
        return graph.activated(y, ACTIVATION[options.number(0, "b") if options else 0])
    if kind in (22, 43):  # to a vector; a map of one place is one
        return x if graph.shapes[x][1:] == (1, 1) else graph.flat(x)
    if kind == 9:
        bias = known[1] if len(known) > 1 and known[1] is not None else np.zeros(len(known[0]), np.float32)
        return graph.dense(graph.flat(x), known[0].T, bias.reshape(-1), ACTIVATION[options.number(0, "b")])
    raise ValueError(f"operation {kind} is not read")
