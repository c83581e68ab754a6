"""Writes the .pth files beside it: python3 make_fixtures.py

They have the two formats of torch.save byte for byte where it matters, but are made by Python's own
pickle and zipfile, so that neither PyTorch nor the reader under test has a hand in them. Element i of
every floating-point tensor is i / 4 - 1, exact in all types.
"""

import builtins
import collections
import io
import os
import pathlib
import pickle
import struct
import sys
import types
import zipfile

HERE = pathlib.Path(__file__).parent


def module(name):
    made = types.ModuleType(name)
    sys.modules[name] = made
    return made


torch = module("torch")
torch._utils = module("torch._utils")


def function(name):
    def stub(*args):
        raise AssertionError(name)

    stub.__module__, stub.__qualname__, stub.__name__ = "torch._utils", name, name
    setattr(torch._utils, name, stub)
    return stub


REBUILD_V2 = function("_rebuild_tensor_v2")
REBUILD_PARAMETER = function("_rebuild_parameter")


def storage_class(name):
    made = type(name, (), {"__module__": "torch"})
    setattr(torch, name, made)
    return made


CLASSES = {n: storage_class(n) for n in ("FloatStorage", "HalfStorage", "BFloat16Storage",
                                         "DoubleStorage", "LongStorage")}


def encode(kind, values):
    if kind == "BFloat16Storage":
        return b"".join(struct.pack("<f", v)[2:] for v in values)
    code = {"FloatStorage": "f", "HalfStorage": "e", "DoubleStorage": "d", "LongStorage": "q"}[kind]
    return struct.pack(f"<{len(values)}{code}", *values)


class Storage:
    def __init__(self, key, kind, values):
        self.key, self.kind, self.values = key, kind, values


class Tensor:
    def __init__(self, storage, size, stride=None, offset=0):
        self.storage, self.size, self.offset = storage, size, offset
        if stride is None:
            stride, step = [], 1
            for extent in reversed(size):
                stride.insert(0, step)
                step *= extent
        self.stride = tuple(stride)

    def __reduce_ex__(self, protocol):
        return REBUILD_V2, (self.storage, self.offset, tuple(self.size), self.stride, False,
                            collections.OrderedDict())


class Parameter:
    def __init__(self, tensor):
        self.tensor = tensor

    def __reduce_ex__(self, protocol):
        return REBUILD_PARAMETER, (self.tensor, True, collections.OrderedDict())


class Pickler(pickle.Pickler):
    def __init__(self, out, legacy, protocol=2):
        super().__init__(out, protocol=protocol)
        self.legacy, self.storages = legacy, {}

    def persistent_id(self, obj):
        if not isinstance(obj, Storage):
            return None
        self.storages[obj.key] = obj
        pid = ("storage", CLASSES[obj.kind], obj.key, "cpu", len(obj.values))
        return pid + (None,) if self.legacy else pid


def ramp(count):
    return [i / 4 - 1 for i in range(count)]


def state_dict(kind, prefix=""):
    """conv1 contiguous, bn1 two windows of one storage, fc.weight transposed, a counter."""
    pool = Storage("1", kind, ramp(6))
    dict_ = collections.OrderedDict()
    dict_[prefix + "conv1.weight"] = Tensor(Storage("0", kind, ramp(24)), (2, 3, 2, 2))
    dict_[prefix + "bn1.weight"] = Tensor(pool, (3,))
    dict_[prefix + "bn1.bias"] = Tensor(pool, (3,), offset=3)
    dict_[prefix + "bn1.num_batches_tracked"] = Tensor(Storage("2", "LongStorage", [100]), ())
    dict_[prefix + "fc.weight"] = Tensor(Storage("3", kind, ramp(6)), (2, 3), stride=(1, 2))
    dict_[prefix + "fc.bias"] = Parameter(Tensor(Storage("4", kind, ramp(2)), (2,)))
    dict_._metadata = collections.OrderedDict({"": {"version": 1}, "bn1": {"version": 2}})
    return dict_


def pickled(obj, legacy, protocol=2):
    out = io.BytesIO()
    pickler = Pickler(out, legacy, protocol)
    pickler.dump(obj)
    return out.getvalue(), pickler.storages


def write_zip(name, obj, protocol=2):
    """As torch.save of 2.x does, with the records that it added."""
    data, storages = pickled(obj, False, protocol)
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_STORED) as archive:
        def entry(path, content):
            archive.writestr(zipfile.ZipInfo(f"archive/{path}", (1980, 1, 1, 0, 0, 0)), content)

        entry("data.pkl", data)
        entry("byteorder", b"little")
        for key, storage in storages.items():
            entry(f"data/{key}", encode(storage.kind, storage.values))
        entry("version", b"3\n")
        if protocol > 2:
            entry(".format_version", b"1")
            entry(".storage_alignment", b"64")
            entry(".data/serialization_id", b"0" * 40)


def write_legacy(name, obj):
    data, storages = pickled(obj, True)
    with open(HERE / name, "wb") as out:
        for head in (0x1950A86A20F9469CFC6C, 1001,
                     {"protocol_version": 1001, "little_endian": True,
                      "type_sizes": {"short": 2, "int": 4, "long": 4}}):
            pickle.dump(head, out, protocol=2)
        out.write(data)
        keys = sorted(storages)
        pickle.dump(keys, out, protocol=2)
        for key in keys:
            out.write(struct.pack("<q", len(storages[key].values)))
            out.write(encode(storages[key].kind, storages[key].values))


def foreign(name, base=object):
    """A class of another program: module(s) and name."""
    package, cls = name.rsplit(".", 1)
    parts = package.split(".")
    for i in range(len(parts)):
        known = ".".join(parts[:i + 1])
        if known not in sys.modules:
            module(known)
    made = type(cls, (base,), {"__module__": package})
    setattr(sys.modules[package], cls, made)
    return made


class NumpyScalar:
    """numpy.float64 as NumPy 1.x pickles it: scalar(dtype, bytes)."""

    def __reduce__(self):
        scalar = foreign("numpy.core.multiarray.scalar")
        return scalar, (foreign("numpy.dtype")(), struct.pack("<d", 71.5))


def lightning(kind):
    """A Lightning checkpoint: prefix model., weights of the loss, hyper-parameters of odd types."""
    state = state_dict(kind, "model.")
    state["model.layer1.0.conv1.weight"] = Tensor(Storage("5", kind, ramp(4)), (1, 1, 2, 2))
    state["criterion.weight"] = Tensor(Storage("6", kind, ramp(3)), (3,))
    parameters = foreign("lightning.fabric.utilities.data.AttributeDict", dict)(lr=0.5, size=256)
    return {"epoch": 3, "global_step": 2 ** 40, "pytorch-lightning_version": "2.4.0",
            "state_dict": state, "loops": {"fit": {1: {2.5, "x"}, (1, 2): frozenset([3])}},
            "hparams_name": "kwargs", "hyper_parameters": parameters,
            "optimizer_states": [{"state": {0: {"step": Tensor(Storage("7", kind, ramp(1)), ())}}}]}


def imagenet_script(kind, key):
    """A checkpoint of a training script: best_acc1 is a tensor, args a Namespace."""
    arguments = foreign("argparse_of_script.Namespace")()
    arguments.lr, arguments.tags = 0.5, ["a", None, b"bytes", bytearray(b"more")]
    return {"epoch": 3, "arch": "resnet18", "best_acc1": Tensor(Storage("8", kind, ramp(1)), ()),
            key: state_dict(kind), "args": arguments, "score": NumpyScalar(),
            "history": collections.defaultdict(list, {"loss": [0.5]})}


class Call:
    def __init__(self, what, *args):
        self.what, self.args = what, args

    def __reduce__(self):
        return self.what, self.args


def main():
    for kind, name in (("FloatStorage", "f32"), ("HalfStorage", "f16"),
                       ("BFloat16Storage", "bf16"), ("DoubleStorage", "f64")):
        write_zip(f"zip_{name}.pth", state_dict(kind))
        write_legacy(f"legacy_{name}.pth", state_dict(kind))
    write_zip("zip_module_prefix.pth", state_dict("FloatStorage", "module.backbone."))
    write_zip("zip_wrapped.pth", {"epoch": 3, "lr": 0.5, "state_dict": state_dict("FloatStorage")})
    write_zip("zip_lightning.pth", lightning("FloatStorage"))
    for key in ("net", "model", "model_state_dict", "ema"):
        write_zip(f"zip_script_{key}.pth", imagenet_script("FloatStorage", key), protocol=5)
    whole = foreign("torchvision.models.resnet.ResNet")()
    whole.training, whole._parameters = True, state_dict("FloatStorage")
    write_zip("zip_whole_model.pth", whole)
    write_zip("zip_whole_model_inside.pth", {"epoch": 3, "model": whole})
    expanded = state_dict("FloatStorage")
    expanded["fc.weight"] = Tensor(Storage("9", "FloatStorage", [0.25]), (2, 3), stride=(0, 0))
    expanded["bn1.bias"] = Tensor(Storage("8", "FloatStorage", ramp(3)), (2, 3), stride=(0, 1))
    write_zip("zip_expanded.pth", expanded)
    for write, form in ((write_zip, "zip"), (write_legacy, "legacy")):
        write(f"hostile_{form}_system.pth",
              {"conv1.weight": Call(os.system, "touch cluster-net-was-here")})
        write(f"hostile_{form}_eval.pth",
              {"conv1.weight": Call(builtins.eval, "open('cluster-net-was-here', 'w')")})


main()
