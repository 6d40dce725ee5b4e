"""Compares what a client sent and understood with what a case demands.

Moments count as equal where they are the same instant, whatever their zone; object keys and query
parameters have no order. Everything else must agree to the letter.
"""

import base64
import json
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any
from urllib.parse import unquote, unquote_plus, urlsplit

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
ABSENT = "absent"


@dataclass(frozen=True)
class Difference:
    client: str
    case: str
    operation: str
    place: str
    wanted: str
    got: str

    def __str__(self) -> str:
        return f"{self.client}, {self.case}\n    {self.place}: wanted {self.wanted}, got {self.got}"


class Comparison:
    """All differences of one client and one case."""

    def __init__(self, client: str, case: dict[str, Any]) -> None:
        self.client = client
        self.case = case
        self.found: list[Difference] = []

    def differ(self, place: str, wanted: Any, got: Any) -> None:
        case, operation = self.case["name"], self.case["operation"]
        self.found.append(
            Difference(self.client, case, operation, place, show(wanted), show(got))
        )

    def equal(self, place: str, wanted: Any, got: Any) -> None:
        if isinstance(wanted, dict) and isinstance(got, dict):
            for key in sorted(wanted.keys() | got.keys()):
                self.equal(f"{place}/{key}", wanted.get(key, ABSENT), got.get(key, ABSENT))
        elif isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
            for index, (one, other) in enumerate(zip(wanted, got)):
                self.equal(f"{place}/{index}", one, other)
        elif type(wanted) is not type(got) or instant(wanted) != instant(got):
            self.differ(place, wanted, got)

    def requests(self, arrived: list[dict[str, Any]]) -> None:
        wanted = self.case["request"]
        if wanted is None or len(arrived) != 1:
            if len(arrived) != (wanted is not None):
                targets = [f"{request['method']} {request['target']}" for request in arrived]
                self.differ("sent", "once" if wanted else "never", targets)
            return
        request = arrived[0]
        parts = urlsplit(request["target"])
        self.equal("method", wanted["method"], request["method"])
        self.equal("path", wanted["path"], [unquote(part) for part in parts.path.split("/")])
        self.equal("query", wanted["query"], query(parts.query))
        body = json.loads(request["body"]) if request["body"] else None
        self.equal("body", wanted["body"], body)
        self.headers(wanted["headers"], request["headers"])

    def headers(self, wanted: dict[str, Any], got: dict[str, str]) -> None:
        for name in ("accept", "content-type"):
            self.equal(f"header/{name}", wanted.get(name, ABSENT), got.get(name, ABSENT))
        credentials = authorization(wanted["authorization"])
        self.equal("header/authorization", credentials, got.get("authorization", ABSENT))

    def outcome(self, got: dict[str, Any]) -> None:
        if self.case["request"] is None:
            return  # Whatever comes of a call that must not be sent is told by "sent".
        wanted = self.case["outcome"]
        if wanted.keys() != got.keys():
            self.differ("outcome", wanted, got)
        else:
            self.equal("outcome", wanted, got)


def compare(
    client: str, case: dict[str, Any], arrived: list[dict[str, Any]], outcome: dict[str, Any]
) -> list[Difference]:
    comparison = Comparison(client, case)
    comparison.requests(arrived)
    comparison.outcome(outcome)
    return comparison.found


def instant(value: Any) -> Any:
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return datetime.fromisoformat(value).astimezone(timezone.utc)
    return value


def query(text: str) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = {}
    for pair in filter(None, text.split("&")):
        name, _, value = pair.partition("=")
        pairs.setdefault(unquote_plus(name), []).append(unquote_plus(value))
    return {name: sorted(values) for name, values in pairs.items()}


def authorization(credentials: dict[str, Any]) -> str:
    """RFC 6750 for tokens; RFC 7617 for passwords, in UTF-8."""
    if "token" in credentials:
        return f"Bearer {credentials['token']}"
    pair = ":".join(credentials["basic"]).encode()
    return f"Basic {base64.b64encode(pair).decode()}"


def show(value: Any) -> str:
    """A value on one line, short enough for a table."""
    text = value if value == ABSENT else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= 200 else f"{text[:200]}…"


class KnownDifferences:
    """The table of what differs for a reason. Each entry has to occur, and be needed."""

    def __init__(self, entries: list[dict[str, Any]]) -> None:
        self.entries = entries
        self.counts = [0] * len(entries)

    def explain(self, difference: Difference) -> bool:
        for index, entry in enumerate(self.entries):
            if self.fits(entry, difference):
                self.counts[index] += 1
                return True
        return False

    @staticmethod
    def fits(entry: dict[str, Any], difference: Difference) -> bool:
        patterns = {
            name: entry.get(name, ".*") for name in ("case", "operation", "place", "wanted", "got")
        }
        return entry["client"] == difference.client and all(
            re.fullmatch(pattern, getattr(difference, name), re.DOTALL)
            for name, pattern in patterns.items()
        )

    def unused(self) -> list[dict[str, Any]]:
        return [entry for entry, count in zip(self.entries, self.counts) if count == 0]
