"""Carries out cases with the vendor's own Python SDK."""

import inspect
import json
import logging
import re
from typing import Any

import ionoscloud_dbaas_postgres as sdk
from dateutil.parser import parse

from cases import MOMENTS
from recorder import CASE_HEADER


def snake(name: str) -> str:
    """The name as the SDK spells it: `clustersGet` is `clusters_get`, `filter.name` is `filter_name`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.replace(".", "_")).lower()


APIS = [value for name, value in vars(sdk).items() if name.endswith("Api") and inspect.isclass(value)]


def method(client: sdk.ApiClient, operation: str) -> Any:
    for api in APIS:
        if hasattr(api, snake(operation)):
            return getattr(api(client), snake(operation))
    raise LookupError(f"the SDK does not have {operation}")


def new_client(url: str, credentials: dict[str, Any]) -> sdk.ApiClient:
    if "token" in credentials:
        configuration = sdk.Configuration(host=url, token=credentials["token"])
    else:
        user, password = credentials["basic"]
        configuration = sdk.Configuration(host=url, username=user, password=password)
    # One try, no pause: only the first answer counts here.
    configuration.max_retries = 1
    configuration.wait_time = 0
    configuration.max_wait_time = 0
    return sdk.ApiClient(configuration)


def body_class(operation: str) -> str:
    """The model of a body, which the documentation of the method names."""
    for api in APIS:
        if function := getattr(api, snake(operation), None):
            return re.findall(r":type \w+: ([A-Z]\w+)", function.__doc__)[0]
    raise LookupError(operation)


def model(client: sdk.ApiClient, value: Any, name: str) -> Any:
    """A model of the SDK that holds what the case says, made by the SDK's own reader."""
    return client._ApiClient__deserialize(value, name)


def query_value(value: Any) -> Any:
    return parse(value) if value in MOMENTS else value


def call(client: sdk.ApiClient, case: dict[str, Any]) -> dict[str, Any]:
    function = method(client, case["operation"])
    arguments = [case["path"][name] for name in case["path"]]
    if case["body"] is not None:
        arguments.append(model(client, case["body"], body_class(case["operation"])))
    query = {snake(name): query_value(value) for name, value in case["query"].items()}
    try:
        value = function(*arguments, **query)
    except sdk.ApiException as error:
        if not error.status:
            return {"failure": f"{type(error).__name__}: {error.reason}"}
        return {"status": error.status, "error": as_json(error.body)}
    return {
        "status": client.last_response.status,
        "value": client.sanitize_for_serialization(value),
    }


def as_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def run(url: str, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    logging.disable(logging.CRITICAL)
    clients: dict[str, sdk.ApiClient] = {}
    outcomes = []
    for index, case in enumerate(cases):
        key = json.dumps(case["credentials"])
        try:
            client = clients.setdefault(key, new_client(url, case["credentials"]))
            client.set_default_header(CASE_HEADER, str(index))
            outcomes.append(call(client, case))
        except Exception as error:  # Whatever the SDK raises is its outcome.
            outcomes.append({"failure": f"{type(error).__name__}: {error}"})
    return outcomes
