"""Checks an OpenAPI 3.0 document: the document itself, and every sample and default in it.

Usage: check_spec.py DOCUMENT

The format `uri` is not asserted: the vendor's samples of links (`<NEXT-PAGE-URI>`) are not URIs.
"""

import datetime
import sys
from collections.abc import Iterator
from typing import Any

from jsonschema import FormatChecker
from openapi_schema_validator import OAS30Validator
from openapi_spec_validator import OpenAPIV30SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from document import load

DOCUMENT = "urn:document"
FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(value: object) -> bool:
    """RFC 3339 asks for a zone, which Python's parser does not."""
    return not isinstance(value, str) or datetime.datetime.fromisoformat(value).tzinfo is not None


@FORMATS.checks("date", raises=ValueError)
def is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(datetime.date.fromisoformat(value))


def samples(node: Any, pointer: str = "") -> Iterator[tuple[str, dict, Any]]:
    """Every sample and default below a node, with its place and the schema that it must satisfy."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from samples(item, f"{pointer}/{index}")
    if not isinstance(node, dict):
        return
    # A parameter or a media type holds its schema; a schema is its own. A property or component
    # that happens to be called `example` is a schema, hence an object below `properties`.
    schema = node.get("schema", node)
    container = pointer.rsplit("/", 1)[-1] in {"properties", "schemas", "parameters"}
    for key, value in node.items():
        place = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
        if key in {"example", "default"} and not container and not pointer.endswith("/responses"):
            yield place, schema, value
        elif key == "examples" and not container:
            for name, example in value.items():
                if "value" in example:
                    yield f"{place}/{name}/value", schema, example["value"]
        else:
            yield from samples(value, place)


def absolute(node: Any) -> Any:
    """The same node with references that name the document, so that any part of it resolves."""
    if isinstance(node, list):
        return [absolute(item) for item in node]
    if isinstance(node, dict):
        return {
            key: DOCUMENT + value if key == "$ref" and isinstance(value, str) else absolute(value)
            for key, value in node.items()
        }
    return node


def main(path: str) -> int:
    document = load(path)
    problems = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
        for error in OpenAPIV30SpecValidator(document).iter_errors()
    ]
    linked = absolute(document)
    registry = Registry().with_resource(DOCUMENT, Resource(linked, DRAFT4))
    count = 0
    for place, schema, value in samples(linked):
        count += 1
        validator = OAS30Validator(schema, registry=registry, format_checker=FORMATS)
        problems += [f"{place}: {error.message}" for error in validator.iter_errors(value)]
    for problem in problems:
        print(f"{path}: {problem}", file=sys.stderr)
    if count == 0:
        print(f"{path}: holds no sample, so nothing was checked", file=sys.stderr)
        return 1
    print(f"{path}: {count} samples and defaults, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
