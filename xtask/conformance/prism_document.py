"""Prepares an OpenAPI document for Prism, which answers with the document's samples.

Usage: prism_document.py DOCUMENT OUTPUT [PREFIX]

Prism refuses to send a sample that does not satisfy its schema. The vendor's samples of links
(`<NEXT-PAGE-URI>`) are not URIs, so they are left out; nothing else changes. A prefix stands before every path: Prism itself
does not heed the paths of the document's servers.
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
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    document = without_placeholders(load(sys.argv[1]))
    for prefix in sys.argv[3:]:
        document["paths"] = {prefix + path: item for path, item in document["paths"].items()}
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(document, file)
