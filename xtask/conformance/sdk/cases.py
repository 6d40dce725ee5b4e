"""Generates calls and answers for every operation of an OpenAPI document, as plain data.

Nothing here is shared with the generator: references, `allOf` and limits are read anew, from the
document as published, so that a mistake of the generator cannot hide itself. The same document gives
the same cases.

A case holds the arguments of one call, what has to arrive at the server, the server's answer, and
what a client has to make of it.
"""

import copy
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

SEED = 1
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
JSON = "application/json"

# What is hard to carry in a URL: separators, encodings, quotes, blanks, more than one alphabet.
URL_TEXTS = (
    "plain",
    "a/b",
    "../users",
    "%2e%2e",
    "100%",
    "a?b#c",
    "a&b=c",
    "a+b c",
    "a;b,c:d@e",
    "back\\slash",
    "\"quoted\" '<tag>'",
    "[x]{y}|z^~`",
    "tab\tand\nline",
    "ümläut ß",
    "日本語 😀",
    "e\u0301 \u202e \u00a0",
)
# What is hard to carry in JSON.
JSON_TEXTS = ("plain", "\"quoted\" \\ / \t\n\u0001", "ümläut 日本語 😀 e\u0301")
# No request can carry these as an argument of its path without leaving its place.
UNSENDABLE = ("", ".", "..")

MOMENTS = (
    "2020-12-10T13:37:50Z",
    "2020-12-10T13:37:50+01:00",
    "2020-12-10T00:00:00-11:30",
    "2020-12-10T13:37:50.250000+14:00",
    "2024-02-29T23:59:59Z",
    "1970-01-01T00:00:00Z",
)
# What a server may send for a moment, and what it means; nothing where it means none.
ODD_MOMENTS = (
    ("", None),
    ("2020-12-10T13:37:50", "2020-12-10T13:37:50Z"),
    ("2020-12-10 13:37:50", "2020-12-10T13:37:50Z"),
    ("2020-12-10T13:37:50.5", "2020-12-10T13:37:50.5Z"),
    ("2020-12-10t13:37:50z", "2020-12-10T13:37:50Z"),
    ("2020-12-10T13:37:50.123456+05:45", "2020-12-10T07:52:50.123456Z"),
    ("2020-12-10", "2020-12-10T00:00:00Z"),
)
# The statuses that the document names in the description of its error.
ERROR_STATUSES = (400, 401, 402, 403, 404, 405, 415, 422, 429, 500, 503)

TOKEN = {"token": "a.token-with_signs~1="}
PASSWORDS = {
    "of ASCII": {"basic": ["user@example.com", "pass:word"]},
    "of Latin-1": {"basic": ["user@example.com", "pässwörd"]},
    "of Unicode": {"basic": ["user@example.com", "пароль €"]},
}


@dataclass
class Case:
    name: str
    operation: str
    # What the caller gives.
    path: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: Any = None
    credentials: dict[str, Any] = field(default_factory=lambda: TOKEN)
    # What has to arrive; nothing where the call must not be sent.
    request: dict[str, Any] | None = None
    # What the server answers, and what the client has to make of it.
    answer: dict[str, Any] = field(default_factory=dict)
    outcome: dict[str, Any] = field(default_factory=dict)


class Document:
    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root

    def resolve(self, node: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in node:
            target: Any = self.root
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def schema(self, node: dict[str, Any]) -> dict[str, Any]:
        """The schema with its references followed and its `allOf` merged."""
        node = dict(self.resolve(node))
        for part in node.pop("allOf", ()):
            part = self.schema(part)
            node["properties"] = part.get("properties", {}) | node.get("properties", {})
            node["required"] = node.get("required", []) + part.get("required", [])
            node.setdefault("type", part.get("type"))
        return node

    def properties(self, schema: dict[str, Any], hidden: str) -> dict[str, Any]:
        """The properties that a request or an answer holds."""
        found = {name: self.schema(node) for name, node in schema.get("properties", {}).items()}
        return {name: node for name, node in found.items() if not node.get(hidden)}

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for template, item in self.root["paths"].items():
            for method in METHODS:
                if method in item:
                    shared = item.get("parameters", [])
                    operation = dict(item[method])
                    operation["parameters"] = [
                        self.resolve(node) for node in shared + operation.get("parameters", [])
                    ]
                    yield template, method.upper(), operation


@dataclass
class Shape:
    """How values of a schema are made: which optional properties they have."""

    document: Document
    hidden: str
    optional: bool = True

    def value(self, schema: dict[str, Any]) -> Any:
        kind = schema.get("type")
        if kind == "object" or "properties" in schema:
            required = schema.get("required", [])
            return {
                name: self.value(node)
                for name, node in self.document.properties(schema, self.hidden).items()
                if self.optional or name in required
            }
        if kind == "array":
            smallest = schema.get("minItems", 0)
            count = max(smallest, 1) if self.optional else smallest
            return [self.value(self.document.schema(schema["items"])) for _ in range(count)]
        return scalars(schema, JSON_TEXTS)[0]


def scalars(schema: dict[str, Any], texts: tuple[str, ...]) -> list[Any]:
    """Values of a scalar: its extremes, its enumeration, and what is hard to carry."""
    kind = schema.get("type")
    if kind == "boolean":
        return [True, False]
    if kind == "integer":
        step = schema.get("multipleOf", 1)
        lowest = schema.get("minimum", -1)
        highest = schema.get("maximum", 2**53 // step * step)
        return list(dict.fromkeys([lowest, lowest + step, highest]))
    known = schema.get("enum") or schema.get("x-extensible-enum")
    if known:
        return list(known)
    if schema.get("format") == "date-time":
        return list(MOMENTS)
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength")
    fitting = [text.ljust(shortest, "x")[:longest] for text in texts]
    edges = ["x" * shortest] + (["ü" * longest] if longest else [])
    return fitting + edges


@dataclass
class Place:
    """A value within a value."""

    keys: tuple[str | int, ...]
    schema: dict[str, Any]
    required: bool

    def put(self, whole: Any, value: Any) -> Any:
        changed = copy.deepcopy(whole)
        parent = self.parent(changed)
        parent[self.keys[-1]] = value
        return changed

    def drop(self, whole: Any) -> Any:
        changed = copy.deepcopy(whole)
        del self.parent(changed)[self.keys[-1]]
        return changed

    def parent(self, whole: Any) -> Any:
        for key in self.keys[:-1]:
            whole = whole[key]
        return whole

    def __str__(self) -> str:
        return "/".join(map(str, self.keys))


def places(
    shape: Shape, schema: dict[str, Any], value: Any, keys: tuple[str | int, ...] = ()
) -> Iterator[Place]:
    """Everything below a value that has all optional properties."""
    if isinstance(value, dict):
        for name, node in shape.document.properties(schema, shape.hidden).items():
            yield Place((*keys, name), node, name in schema.get("required", []))
            yield from places(shape, node, value[name], (*keys, name))
    elif isinstance(value, list):
        items = shape.document.schema(schema["items"])
        for index, item in enumerate(value):
            yield from places(shape, items, item, (*keys, index))


def is_container(schema: dict[str, Any]) -> bool:
    return schema.get("type") in ("object", "array") or "properties" in schema


class Operation:
    """One operation, with the cases that are made of it."""

    def __init__(self, document: Document, template: str, method: str, node: dict) -> None:
        self.document = document
        self.template, self.method = template, method
        self.id = node["operationId"]
        self.parameters = {
            place: {p["name"]: document.schema(p["schema"]) for p in node["parameters"] if p["in"] == place}
            for place in ("path", "query")
        }
        body = document.resolve(node["requestBody"]) if "requestBody" in node else None
        self.body = document.schema(body["content"][JSON]["schema"]) if body else None
        responses = {status: document.resolve(r) for status, r in node["responses"].items()}
        self.status = int(next(status for status in responses if status.startswith("2")))
        self.success = self.payload(responses[str(self.status)])
        self.failure = self.payload(responses["default"])
        self.path = {name: "plain" for name in self.parameters["path"]}
        self.random = random.Random(f"{SEED} {self.id}")

    def payload(self, response: dict[str, Any]) -> dict[str, Any] | None:
        content = response.get("content", {})
        return self.document.schema(content[JSON]["schema"]) if JSON in content else None

    def case(self, name: str, **changes: Any) -> Case:
        case = Case(name=f"{self.id}: {name}", operation=self.id, path=self.path)
        if self.body:
            case.body = Shape(self.document, "readOnly").value(self.body)
        plain = self.answer(optional=False)
        case.answer, case.outcome = answered(self.status, plain, plain)
        for key, value in changes.items():
            setattr(case, key, value)
        if not any(text in UNSENDABLE for text in case.path.values()):
            case.request = {
                "method": self.method,
                "path": [case.path.get(part.strip("{}"), part) for part in self.template.split("/")],
                "query": {key: [text(value)] for key, value in case.query.items()},
                "body": case.body,
                "headers": {
                    "authorization": case.credentials,
                    "accept": JSON,
                    **({"content-type": JSON} if self.body else {}),
                },
            }
        return case

    def answer(self, optional: bool) -> Any:
        shape = Shape(self.document, "writeOnly", optional)
        return shape.value(self.success) if self.success else None

    def cases(self) -> Iterator[Case]:
        yield from self.credential_cases()
        yield from self.path_cases()
        yield from self.query_cases()
        yield from self.body_cases()
        yield from self.answer_cases()
        yield from self.error_cases()

    def credential_cases(self) -> Iterator[Case]:
        for name, credentials in PASSWORDS.items():
            yield self.case(f"password {name}", credentials=credentials)

    def path_cases(self) -> Iterator[Case]:
        for name, schema in self.parameters["path"].items():
            for value in [*scalars(schema, URL_TEXTS), *UNSENDABLE]:
                yield self.case(f"path {name} {value!r}", path=self.path | {name: value})

    def query_cases(self) -> Iterator[Case]:
        yield self.case("no query")
        parameters = self.parameters["query"]
        for name, schema in parameters.items():
            for value in scalars(schema, URL_TEXTS):
                yield self.case(f"query {name} {value!r}", query={name: value})
        names = list(parameters)
        for bits in range(2 ** len(names)):
            chosen = [name for index, name in enumerate(names) if bits >> index & 1]
            if len(chosen) > 1:
                query = {
                    name: self.random.choice(scalars(parameters[name], URL_TEXTS))
                    for name in chosen
                }
                yield self.case(f"query {' '.join(chosen)}", query=query)

    def body_cases(self) -> Iterator[Case]:
        if not self.body:
            return
        shape = Shape(self.document, "readOnly")
        full = shape.value(self.body)
        least = Shape(self.document, "readOnly", optional=False).value(self.body)
        yield self.case("body with all properties", body=full)
        yield self.case("body with required properties", body=least)
        found = list(places(shape, self.body, full))
        for place in found:
            if not place.required and isinstance(place.keys[-1], str):
                yield self.case(f"body without {place}", body=place.drop(full))
            if place.schema.get("type") == "array":
                if place.schema.get("minItems", 0) == 0:
                    yield self.case(f"body with empty {place}", body=place.put(full, []))
            elif not is_container(place.schema):
                for index, value in enumerate(scalars(place.schema, JSON_TEXTS)):
                    yield self.case(f"body {place} {index}", body=place.put(full, value))
        for number in range(20):
            yield self.case(f"body by chance {number}", body=self.by_chance(full, found))

    def by_chance(self, full: Any, found: list[Place]) -> Any:
        body = full
        for place in found:
            if not is_container(place.schema):
                body = place.put(body, self.random.choice(scalars(place.schema, JSON_TEXTS)))
        # From the inside out, so that what holds a place is still there.
        for place in reversed(found):
            if not place.required and self.random.random() < 0.5:
                body = place.drop(body)
        return body

    def answer_cases(self) -> Iterator[Case]:
        for status in (200, 201, 202, 206):
            value = self.answer(optional=True)
            yield self.answered(f"answer {status}", status, value, value)
        if not self.success:
            return
        shape = Shape(self.document, "writeOnly")
        full = shape.value(self.success)
        yield self.answered("answer with unknown properties", self.status, grown(full), full)
        found = list(places(shape, self.success, full))
        for place in found:
            if not place.required:
                yield self.answered_at(place, full, "null", None, None)
            if place.schema.get("type") == "array":
                items = place.parent(full)[place.keys[-1]]
                yield self.answered_at(place, full, "empty", [], [])
                yield self.answered_at(place, full, "two", items * 2, items * 2)
            if is_container(place.schema):
                continue
            for index, value in enumerate(scalars(place.schema, JSON_TEXTS)):
                yield self.answered_at(place, full, str(index), value, value)
            if place.schema.get("enum") or place.schema.get("x-extensible-enum"):
                for value in ("NEW_ONE", ""):
                    yield self.answered_at(place, full, f"new {value!r}", value, value)
            if place.schema.get("format") == "date-time":
                for value, meant in ODD_MOMENTS:
                    yield self.answered_at(place, full, f"{value!r}", value, meant)

    def answered_at(self, place: Place, full: Any, what: str, value: Any, meant: Any) -> Case:
        sent = place.put(full, value)
        expected = place.drop(full) if meant is None else place.put(full, meant)
        return self.answered(f"answer {place} {what}", self.status, sent, expected)

    def answered(self, name: str, status: int, sent: Any, meant: Any) -> Case:
        answer, outcome = answered(status, sent, meant)
        return self.case(name, answer=answer, outcome=outcome)

    def error_cases(self) -> Iterator[Case]:
        full = Shape(self.document, "writeOnly").value(self.failure)
        for status in ERROR_STATUSES:
            yield self.failed(f"error {status}", status, JSON, full, full)
        media_type = "application/problem+json"
        yield self.failed("error as a problem", 400, media_type, grown(full), full)
        yield self.failed("error without content", 400, JSON, {}, {})
        page = {"text": "<html><h1>Bad Gateway</h1></html>"}
        yield self.failed("error as a page", 502, "text/html", page, None)
        yield self.failed("error without body", 500, "text/plain", {"text": ""}, None)

    def failed(self, name: str, status: int, media_type: str, body: Any, meant: Any) -> Case:
        sent = body if "text" in body else {"json": body}
        answer = {"status": status, "content_type": media_type, "headers": {}, **sent}
        return self.case(name, answer=answer, outcome={"status": status, "error": meant})


def grown(value: Any) -> Any:
    """The same value from a newer server: each object has properties that nobody knows."""
    if isinstance(value, dict):
        new = {"newFlag": True, "new-object": {"a": [1, None]}}
        return {name: grown(item) for name, item in value.items()} | new
    if isinstance(value, list):
        return [grown(item) for item in value]
    return value


def answered(status: int, sent: Any, meant: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    answer = {"status": status, "content_type": JSON, "headers": {}}
    answer |= {"text": ""} if sent is None else {"json": sent}
    return answer, {"status": status, "value": meant}


def text(value: Any) -> str:
    """An argument as a URL spells it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def generate(root: dict[str, Any]) -> list[dict[str, Any]]:
    document = Document(root)
    found = [
        asdict(case)
        for template, method, node in document.operations()
        for case in Operation(document, template, method, node).cases()
    ]
    return list({case["name"]: case for case in found}.values())
