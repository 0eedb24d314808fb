"""Strangers walk through the interface: one that reads the schemas, and one that tries everything."""

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.referral.web.hsds.published import needs_schemas
from tests.referral.web.hsds.walker import LISTS, hsds_check, over_http


@needs_schemas
@pytest.mark.parametrize("language", ["", "?lang=sv", "?lang=fi-simple"])
def test_the_walker_finds_nothing(address: str, language: str) -> None:
    get = over_http(address)

    def in_language(path: str):
        return get(path + language.replace("?", "&" if "?" in path else "?") if path != "/" else path)

    report = hsds_check(in_language)
    assert report.failed == []
    assert report.absent == []
    assert report.made > 400


@needs_schemas
def test_the_walker_would_find_something(address: str) -> None:
    get = over_http(address)

    def spoilt(path: str):
        status, found = get(path)
        if path.startswith("/services/") and status == 200:
            found["colour"] = "blue"
        if path == "/organizations":
            found["size"] += 1
        return (200, {"contents": [1]}) if path.startswith("/taxonomies?page") else (status, found)

    report = hsds_check(spoilt)
    assert any("colour" in one for one in report.failed)
    assert any("wrong about its size" in one for one in report.failed)
    assert any("taxonomies?page" in one for one in report.failed)


def test_the_document_is_openapi_and_lists_what_is_served(address: str) -> None:
    get = over_http(address)
    _, root = get("/")
    status, document = over_http(root["openapi_url"])("")
    assert status == 200
    validate(document)
    for schema in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    served = {"/", *(f"/{name}" for name, *_ in LISTS), *(f"/{name}/{{id}}" for name, *_ in LISTS)}
    assert set(document["paths"]) == served
