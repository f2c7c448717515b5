"""Two runs of one plan, with the teacher in process and over the wire: the same numbers in every record.

    python tests/clients/same_records.py OWN/trials.csv WIRE/trials.csv

What takes a look at the teacher has no records over the wire, nor have columns off the data and of asked points.
"""

import csv
import sys

LOOKS = {"retrained", "ceiling"}
SAME = ["agreement", "same_mistakes", "accuracy", "divergence"]


def read(path):
    with open(path, newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["arm"] not in LOOKS]
    return {(row["replicate"], row["arm"], row["budget"]): [row[name] for name in SAME] for row in rows}


own, wire = read(sys.argv[1]), read(sys.argv[2])
assert own.keys() == wire.keys() and len(own) > 4, own.keys() ^ wire.keys()
for key, numbers in own.items():
    assert numbers == wire[key], f"{key}: {numbers} in process, {wire[key]} over the wire"
print(f"ok: {len(own)} records, six decimals alike in process and over the wire")
