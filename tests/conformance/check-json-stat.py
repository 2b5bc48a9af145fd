"""Checks JSON-stat on standard input against the format, by a validator that is not ours.

    python3 -m venv /tmp/reference && /tmp/reference/bin/pip install jsonstat-validator==0.4.6
    kuuluu tabulate SURVEY RESPONSES --by municipality --format json-stat |
        /tmp/reference/bin/python tests/conformance/check-json-stat.py
"""

import json
import sys

from jsonstat_validator import validate_jsonstat

collection = json.load(sys.stdin)
validate_jsonstat(collection)
items = collection["link"]["item"]
for item in items:
    validate_jsonstat(item)
print(f"{len(items)} datasets are valid")
