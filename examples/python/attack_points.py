"""Steal a teacher of spirals: 200 queries, a student of your own, and the exam.

    distill serve spirals                                  # prints a key
    python examples/python/attack_points.py http://127.0.0.1:8080 KEY

Needs requests and scikit-learn.
"""

import sys

import numpy as np
import requests
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, WhiteKernel

URL, KEY = sys.argv[1:3]
MODEL, QUERIES = "spirals", int(sys.argv[3]) if len(sys.argv) > 3 else 200
session = requests.Session()
session.headers["Authorization"] = f"Bearer {KEY}"


def call(method, path, **more):
    answer = session.request(method, URL + path, **more)
    if not answer.ok:
        sys.exit(f"{answer.status_code}: {answer.text}")
    return answer.json()


# Points of the data, without labels.
pool = np.array(call("GET", f"/v1/pool?model={MODEL}&n={QUERIES}")["points"])

# Ask: every point is a query. The answer is a distribution over the classes.
points = {"name": "points", "datatype": "FP32", "shape": list(pool.shape), "data": pool.ravel().tolist()}
output = call("POST", f"/v2/models/{MODEL}/infer", json={"inputs": [points]})["outputs"][0]
answers = np.array(output["data"]).reshape(output["shape"])

# Learn: logarithms of probabilities are what the teacher's last layer says, up to a constant a row.
logits = np.log(np.maximum(answers, 1e-4))
logits -= logits.mean(axis=1, keepdims=True)
student = GaussianProcessRegressor(RBF(0.5) + WhiteKernel(0.1), normalize_y=True).fit(pool, logits)

# The exam: 1,000 new points, and how often student and teacher agree.
exam = np.array(call("GET", f"/v1/exam?model={MODEL}")["points"])
labels = student.predict(exam).argmax(axis=1)
result = call("POST", "/v1/exam", json={"model": MODEL, "labels": labels.tolist()})
print(f"{QUERIES} queries, agreement {result['agreement']:.3f}, {result['submissions_left']} submissions left")
