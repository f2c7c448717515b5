"""Triton's client against a server of ours: metadata, and points as JSON and as bytes.

    python tests/clients/triton_client.py HOST:PORT KEY
"""

import sys

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

ADDRESS, KEY = sys.argv[1:3]
HEADERS = {"Authorization": f"Bearer {KEY}"}
client = triton.InferenceServerClient(ADDRESS)
points = np.array([[0.1, 0.2], [1.5, -1.0], [0.0, 0.0]], dtype=np.float32)


# The client writes into the headers that it is given: each call gets a copy.
def ask(binary_in, binary_out, points=points, headers=HEADERS):
    tensor = triton.InferInput("points", list(points.shape), "FP32")
    tensor.set_data_from_numpy(points, binary_data=binary_in)
    wanted = [triton.InferRequestedOutput("probabilities", binary_data=binary_out)]
    return client.infer("spirals", [tensor], outputs=wanted, headers=dict(headers)).as_numpy("probabilities")


def metadata():
    assert client.is_server_live() and client.is_server_ready() and client.is_model_ready("spirals")
    assert not client.is_model_ready("nobody")
    assert "binary_tensor_data" in client.get_server_metadata()["extensions"]
    model = client.get_model_metadata("spirals")
    assert model["inputs"] == [{"name": "points", "datatype": "FP32", "shape": [-1, 2]}], model
    assert model["outputs"] == [{"name": "probabilities", "datatype": "FP32", "shape": [-1, 5]}], model
    assert len(model["parameters"]["classes"]) == 5 and len(model["parameters"]["bounds"]) == 2


def json_and_bytes():
    answers = [ask(binary_in, binary_out) for binary_in in (False, True) for binary_out in (False, True)]
    for answer in answers:
        assert answer.shape == (3, 5) and answer.dtype == np.float32
        assert np.array_equal(answer, answers[0]), "text reads back to the same numbers"
    tensor = triton.InferInput("points", [3, 2], "FP32")
    tensor.set_data_from_numpy(points)
    by_default = client.infer("spirals", [tensor], headers=dict(HEADERS))
    assert np.array_equal(by_default.as_numpy("probabilities"), answers[0])


def errors():
    for status, act in (
        ("401", lambda: ask(True, True, headers={})),
        ("422", lambda: ask(False, False, np.zeros((1, 3), np.float32))),
        ("422", lambda: ask(True, True, np.full((1, 2), np.nan, np.float32))),
    ):
        try:
            act()
        except InferenceServerException as error:
            assert status in str(error.status()), f"{error.status()} instead of {status}"
        else:
            raise AssertionError(f"no {status}")


for test in (metadata, json_and_bytes, errors):
    test()
    print(f"ok: tritonclient, {test.__name__}")
