"""Reads an OpenAPI document as data."""

from typing import Any

import yaml


class Loader(yaml.SafeLoader):
    """Reads scalars as YAML 1.2 does: `2020-12-10` is text, and so is `16:30:59`."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path: str) -> Any:
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader)
