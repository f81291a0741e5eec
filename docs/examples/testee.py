#!/usr/bin/env python3
"""A codec of SenML JSON, SenML CBOR and LwM2M JSON that is judged by the golden vectors.

    lwm2m-conformance vectors --testee "python3 docs/examples/testee.py"

The contract is docs/vectors-testee.md: a JSON request on each line of standard input, one JSON answer on each line of standard
output. The JSON formats need the standard library alone; SenML CBOR needs cbor2 (pip install cbor2) and is not offered without it.
"""
import base64, io, json, math, re, struct, sys
from decimal import Decimal

try:
    import cbor2
except ImportError:
    cbor2 = None

MODELS = {}
LABELS = {-1: "bver", -2: "bn", -3: "bt", -4: "bu", -5: "bv", -6: "bs", 0: "n", 1: "u", 2: "v", 3: "vs", 4: "vb", 5: "s", 6: "t", 7: "ut", 8: "vd"}
KEYS = {name: label for label, name in LABELS.items()}
VALUES = ["v", "vs", "vb", "vd", "vlo"]
OMA_VALUES = {"v": "v", "sv": "vs", "bv": "vb", "ov": "vlo"}


class Refused(Exception):
    """The payload is not valid; its class is one of vectors/README.md."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind


# ---- reading


def read_json(payload):
    def unique(pairs):
        if len({name for name, _ in pairs}) < len(pairs):
            raise Refused("duplicate", "a name stands twice in an object")
        return dict(pairs)

    def constant(name):
        raise Refused("not-well-formed", name + " is no JSON")

    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("invalid-utf8", str(error))
    try:
        return json.loads(text, object_pairs_hook=unique, parse_float=Decimal, parse_constant=constant)
    except RecursionError:
        raise Refused("too-deep", "nested too deep")
    except ValueError as error:
        raise Refused("not-well-formed", str(error))


def read_cbor(payload):
    stream = io.BytesIO(payload)
    try:
        records = cbor2.load(stream)
    except RecursionError:
        raise Refused("too-deep", "nested too deep")
    except Exception as error:
        raise Refused("truncated" if "premature" in str(error) else "not-well-formed", str(error))
    if stream.read(1):
        raise Refused("trailing-data", "bytes after the array")
    if isinstance(records, list):
        return [named(record) for record in records]
    return records


def named(record):
    if not isinstance(record, dict):
        raise Refused("bad-structure", "a record is a map")
    if any(label in KEYS for label in record):
        raise Refused("unknown-label", "a label that has a number is written as a text")
    # Numbers that nobody has defined are passed over (RFC 8428 4.4).
    return {LABELS.get(label, str(label)) if type(label) is int else label: value for label, value in record.items()}


def is_number(value):
    return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)


def senml(records, context, from_json):
    """Records with their base fields resolved: (path, label, value, time)."""
    if not isinstance(records, list):
        raise Refused("bad-structure", "a pack is an array")
    base = {"bn": "", "bt": 0, "bv": 0}
    for record in records:
        if not isinstance(record, dict):
            raise Refused("bad-structure", "a record is an object")
        for label, value in record.items():
            if not isinstance(label, str):
                raise Refused("unknown-label", repr(label))
            if label.endswith("_"):
                raise Refused("unknown-label", label + " must be understood")
            if label in ("bn", "n", "vs", "vlo") and not isinstance(value, str):
                raise Refused("bad-type", label + " is a text")
            if label in ("bt", "t", "bv", "bs", "s", "ut") and not is_number(value):
                raise Refused("bad-type", label + " is a number")
        if record.get("bver", 10) != 10:
            raise Refused("unsupported", "SenML version other than 10")
        base.update({label: record[label] for label in ("bn", "bt", "bv") if label in record})
        name = base["bn"] + record.get("n", "")
        present = [label for label in VALUES if label in record]
        if len(present) > 1:
            raise Refused("bad-structure", "more than one value")
        time = base["bt"] + record.get("t", 0) if "bt" in record or "t" in record or base["bt"] else None
        label = present[0] if present else None
        value = record[label] if label else None
        if label == "v" and base["bv"]:
            value += base["bv"]
        if label is None and base["bv"]:
            label, value = "v", base["bv"]
        if label == "vd" and from_json:
            value = from_base64url(value)
        yield path_of(name, context), label, value, time


def from_base64url(value):
    if not isinstance(value, str) or not re.fullmatch("[A-Za-z0-9_-]*", value) or len(value) % 4 == 1:
        raise Refused("bad-value", "no base64url without padding")
    decoded = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    if base64.urlsafe_b64encode(decoded).decode().rstrip("=") != value:
        raise Refused("bad-value", "bits behind the last byte")
    return decoded


def path_of(name, context):
    root = context.get("rootPath", "/").rstrip("/")
    if root and (name + "/").startswith(root + "/"):
        name = name[len(root):] or "/"
    if name != "/" and not re.fullmatch(r"(/(0|[1-9]\d{0,4})){1,4}", name):
        raise Refused("bad-path", repr(name) + " is no path")
    if any(int(part) > 65535 for part in name.split("/")[1:] if part):
        raise Refused("bad-path", "an identifier has 16 bits")
    within = context.get("path", "/")
    if within != "/" and name != within and not name.startswith(within + "/"):
        raise Refused("outside-base", name + " is not below " + within)
    return name


def definition(path, model):
    ids = [int(part) for part in path.split("/")[1:] if part]
    for thing in (model or {}).get("objects", []) if len(ids) > 2 else []:
        if thing["id"] == ids[0]:
            return next((r for r in thing["resources"] if r["id"] == ids[2]), None)
    return None


def typed(path, label, value, model):
    """A node: the model says what the value means."""
    resource = definition(path, model)
    if path.count("/") < 3:
        raise Refused("bad-path", "a value belongs to a resource")
    if resource and resource["multiple"] != (path.count("/") == 4):
        raise Refused("bad-path", "multiple resources have instances, single ones have none")
    own = {"vs": "string", "vb": "boolean", "vd": "opaque", "vlo": "objlnk"}.get(label)
    kind = resource["type"] if resource else own or ("integer" if value == int(value) else "float")
    wanted = {"string": "vs", "corelnk": "vs", "boolean": "vb", "opaque": "vd", "objlnk": "vlo"}.get(kind, "v")
    if label != wanted:
        raise Refused("bad-type", "%s for a resource of type %s" % (label, kind))
    node = {"path": path, "type": kind}
    if kind in ("integer", "unsigned", "time"):
        if not is_number(value) or value != value or math.isinf(value) or value != int(value):
            raise Refused("bad-value", "no integer")
        low, high = (0, 2**64) if kind == "unsigned" else (-(2**63), 2**63)
        if not low <= int(value) < high:
            raise Refused("out-of-range", "more than 64 bits")
        return {**node, "value": str(int(value))}
    if kind == "float":
        if not is_number(value):
            raise Refused("bad-type", "no number")
        if math.isinf(float(value)) and not isinstance(value, float):
            raise Refused("out-of-range", "no binary64 holds it")
        return {**node, "value": repr(float(value)), "bits": struct.pack(">d", float(value)).hex()}
    if kind == "boolean" and not isinstance(value, bool) or kind == "opaque" and not isinstance(value, bytes):
        raise Refused("bad-type", "no " + kind)
    if kind in ("string", "corelnk", "objlnk"):
        if not isinstance(value, str) or re.search("[\ud800-\udfff]", value):
            raise Refused("bad-type", "no text")
    if kind == "objlnk":
        if not re.fullmatch(r"(0|[1-9]\d{0,4}):(0|[1-9]\d{0,4})", value) or any(int(n) > 65535 for n in value.split(":")):
            raise Refused("bad-value", "no object link")
    return {**node, "value": value.hex() if kind == "opaque" else value}


def nodes_of(resolved, request, model):
    """What a pack says: nodes, or the paths of a composite operation."""
    operation = request["context"].get("operation", "")
    resolved = list(resolved)
    if operation in ("read-composite", "observe-composite"):
        if any(label for _, label, _, _ in resolved):
            raise Refused("bad-structure", "a path to read has no value")
        return {"kind": "paths", "paths": [path for path, _, _, _ in resolved]}
    nodes, seen = [], set()
    for path, label, value, time in resolved:
        if label is None:
            raise Refused("bad-structure", "a record without a value")
        if (path, time) in seen:
            raise Refused("duplicate", path + " stands twice")
        seen.add((path, time))
        node = typed(path, label, value, model)
        nodes.append(node if time is None else {**node, "time": format(Decimal(repr(time) if isinstance(time, float) else time).normalize(), "f")})
    return {"kind": "nodes", "nodes": nodes}


def oma_json(document, context):
    """LwM2M JSON (Core 1.0 6.4.4) as records of SenML; opaque values are base64 texts."""
    if not isinstance(document, dict) or not isinstance(document.get("e"), list):
        raise Refused("bad-structure", "an object with an array e")
    if not isinstance(document.get("bn", ""), str) or not is_number(document.get("bt", 0)):
        raise Refused("bad-type", "bn is a text, bt a number")
    for element in document["e"]:
        if not isinstance(element, dict) or not isinstance(element.get("n", ""), str) or not is_number(element.get("t", 0)):
            raise Refused("bad-type", "an element is an object, its n a text, its t a number")
        present = [name for name in OMA_VALUES if name in element]
        if len(present) != 1:
            raise Refused("bad-structure", "one value to an element")
        time = document.get("bt", 0) + element.get("t", 0) if "bt" in document or "t" in element else None
        name = document.get("bn", context.get("path", "/") if not element.get("n", "").startswith("/") else "")
        glue = "/" if element.get("n") and name and not name.endswith("/") and not element["n"].startswith("/") and "bn" not in document else ""
        yield path_of(name + glue + element.get("n", ""), context), OMA_VALUES[present[0]], element[present[0]], time


def opaque_texts(records, model):
    for path, label, value, time in records:
        if label == "vs" and (definition(path, model) or {}).get("type") == "opaque":
            try:
                label, value = "vd", base64.b64decode(value, validate=True)
            except (TypeError, ValueError) as error:
                raise Refused("bad-value", str(error))
        yield path, label, value, time


def decode(request):
    payload, context = bytes.fromhex(request["payload"]), request["context"]
    model = MODELS.get(context.get("model"))
    if request["format"] == "senml-cbor":
        return nodes_of(senml(read_cbor(payload), context, False), request, model)
    if request["format"] == "senml-json":
        return nodes_of(senml(read_json(payload), context, True), request, model)
    return nodes_of(opaque_texts(oma_json(read_json(payload), context), model), request, model)


# ---- writing


def number(node):
    if node["type"] != "float":
        low, high = (0, 2**64) if node["type"] == "unsigned" else (-(2**63), 2**63)
        if not low <= int(node["value"]) < high:
            raise Refused("not-encodable", "more than 64 bits")
        return int(node["value"])
    return struct.unpack(">d", bytes.fromhex(node["bits"]))[0]


def record_of(node, as_json):
    kind, value = node["type"], node.get("value")
    if node.get("prefix") or kind in ("object", "instance", "multiple", "none") or not re.fullmatch(r"(/\d+)+", node["path"]) or any(int(part) > 65535 for part in node["path"].split("/")[1:]):
        raise Refused("not-encodable", "no record for " + node["path"])
    record = {"n": node["path"]}
    if "time" in node:
        record["t"] = int(node["time"]) if "." not in node["time"] else float(node["time"])
    if kind in ("integer", "unsigned", "time", "float"):
        if as_json and kind == "float" and not math.isfinite(number(node)):
            raise Refused("not-encodable", "JSON has no such number")
        record["v"] = number(node)
    elif kind == "opaque":
        data = bytes.fromhex(value)
        record["vd"] = base64.urlsafe_b64encode(data).decode().rstrip("=") if as_json else data
    elif kind == "objlnk":
        if any(int(part) > 65535 for part in value.split(":")):
            raise Refused("not-encodable", "an object link has twice 16 bits")
        record["vlo"] = value
    else:
        record["vb" if kind == "boolean" else "vs"] = value
    return record


def encode(request):
    decoded, kind = request["decoded"], request["format"]
    as_json = kind != "senml-cbor"
    if decoded["kind"] == "paths":
        records = [{"n": path} for path in decoded["paths"]]
    else:
        records = [record_of(node, as_json) for node in decoded["nodes"]]
    if kind == "senml-cbor":
        return cbor2.dumps([{KEYS.get(name, name): value for name, value in record.items()} for record in records])
    if kind == "senml-json":
        return json.dumps(records, separators=(",", ":"), ensure_ascii=False).encode()
    elements = []
    for record, node in zip(records, decoded["nodes"]):
        element = {"n": record.pop("n"), **({"t": record.pop("t")} if "t" in record else {})}
        label, value = record.popitem()
        if label == "vd":
            label, value = "vs", base64.b64encode(bytes.fromhex(node["value"])).decode()
        elements.append({**element, {b: a for a, b in OMA_VALUES.items()}[label]: value})
    return json.dumps({"bn": "", "e": elements}, separators=(",", ":"), ensure_ascii=False).encode()


# ---- the contract


def answer(request):
    command = request["cmd"]
    if command == "hello":
        formats = ["senml-json", "oma-json"] + (["senml-cbor"] if cbor2 else [])
        version = ".".join(str(part) for part in sys.version_info[:3])
        return {
            "protocol": 1,
            "implementation": {"name": "testee.py", "version": version, "language": "Python"},
            "capabilities": {name: ["decode", "encode"] for name in formats},
        }
    if command == "model":
        MODELS[request["id"]] = request["model"]
        return {}
    if command == "stop":
        return {}
    try:
        if command == "decode":
            return {"decoded": decode(request)}
        if command == "encode":
            return {"payload": encode(request).hex()}
        return {"skip": command + " is not offered"}
    except Refused as refused:
        return {"error": {"class": refused.kind, "message": str(refused)}}
    except Exception as error:  # a fault of this program, and reported as one
        return {"error": {"class": "uncaught", "message": "%s: %s" % (type(error).__name__, error)}}


def main():
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps({"seq": request["seq"], **answer(request)}), flush=True)
        if request["cmd"] == "stop":
            break


if __name__ == "__main__":
    main()
