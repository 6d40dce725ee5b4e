"""Prepares an OpenAPI document for Prism, which answers with the document's samples.

Usage: prism_document.py DOCUMENT OUTPUT

Prism refuses to send a sample that does not satisfy its schema. The vendor's samples of links
(`<NEXT-PAGE-URI>`) are not URIs, so they are left out; nothing else changes.
"""

import json
import sys
from typing import Any
from urllib.parse import urlsplit

from document import load


def is_placeholder(schema: dict) -> bool:
    return schema.get("format") == "uri" and not urlsplit(str(schema.get("example"))).scheme


def without_placeholders(node: Any) -> Any:
    if isinstance(node, list):
        return [without_placeholders(item) for item in node]
    if isinstance(node, dict):
        drop = "example" if is_placeholder(node) else None
        return {key: without_placeholders(value) for key, value in node.items() if key != drop}
    return node


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(without_placeholders(load(sys.argv[1])), file)
