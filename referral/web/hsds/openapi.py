"""What the interface says of itself: an OpenAPI 3.1 document that lists what is served, and nothing else.

The shapes are those of the published schemas of HSDS 3.0 (https://docs.openreferral.org/), of which only the
fields that are ever filled are named; every answer is closed: it has no field that is not here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from referral.directory.published.shapes import SHAPES, Field
from referral.web import languages
from referral.web.hsds.lists import LISTS, ONE
from referral.web.hsds.wanted import PARAMETERS

Record = dict[str, Any]

_TYPES: Mapping[str, Record] = {
    "uuid": {"type": "string", "format": "uuid"},
    "text": {"type": "string"},
    "uri": {"type": "string", "format": "uri"},
    "date": {"type": "string", "format": "date"},
    "date-time": {"type": "string", "format": "date-time"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
}

_FLAT: Mapping[str, tuple[str, Record]] = {
    "Schedule": ("schedule", {}),
    "Phone": ("phone", {}),
    "Language": ("language", {}),
    "ServiceArea": ("service_area", {}),
    "CostOption": ("cost_option", {}),
    "Address": ("address", {}),
    "Taxonomy": ("taxonomy", {}),
    "NestedTerm": ("taxonomy_term", {}),
    "TaxonomyTerm": ("taxonomy_term", {"taxonomy_detail": "Taxonomy"}),
    "Attribute": ("attribute", {"taxonomy_term": "NestedTerm"}),
    "FlatLocation": ("location", {}),
    "Location": ("location", {"addresses": ["Address"]}),
    "FlatOrganization": ("organization", {}),
    "FlatService": ("service", {}),
}
_BELONGS: Record = {
    "languages": ["Language"],
    "service_areas": ["ServiceArea"],
    "cost_options": ["CostOption"],
    "attributes": ["Attribute"],
    "phones": ["Phone"],
    "schedules": ["Schedule"],
}
_PLACED: Record = {"location": "Location", "phones": ["Phone"], "schedules": ["Schedule"]}
_ORGANIZED: Record = {"organization": "FlatOrganization"}
_SHAPES: Mapping[str, tuple[str, Record]] = {
    **_FLAT,
    "Connection": ("service_at_location", _PLACED),
    "NestedService": ("service", {**_ORGANIZED, **_BELONGS}),
    "Service": ("service", {**_ORGANIZED, **_BELONGS, "service_at_locations": ["Connection"]}),
    "ListedService": ("service", {**_ORGANIZED, **_BELONGS, "service_at_locations": ["Connection"]}),
    "ServiceAtLocation": ("service_at_location", {**_PLACED, "service": "NestedService"}),
    "ListedServiceAtLocation": ("service_at_location", {**_PLACED, "service": "NestedService"}),
    "OwnService": ("service", {**_BELONGS, "service_at_locations": ["Connection"]}),
    "Organization": ("organization", {"services": ["OwnService"], "locations": ["Location"]}),
    "ListedOrganization": ("organization", {"services": ["OwnService"], "locations": ["Location"]}),
}
"""Name -> the table whose fields it has, and what is nested in it (a list of one is a list of it)."""

_PAGE: Record = {
    "total_items": {"type": "integer", "minimum": 0},
    "total_pages": {"type": "integer", "minimum": 0},
    "page_number": {"type": "integer", "minimum": 1},
    "size": {"type": "integer", "minimum": 0},
    "first_page": {"type": "boolean"},
    "last_page": {"type": "boolean"},
    "empty": {"type": "boolean"},
}


def document(server: str, spoken: Sequence[str], version: str) -> Record:
    """The document; ``server`` is the address of the interface, ``spoken`` are our languages."""
    tags = [languages.tag(language) for language in spoken]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "digituki: digital support in Finland, in HSDS 3.0",
            "version": version,
            "description": "Read-only and without keys. Each record of the directory in one language a feed.",
            "license": {"name": "See the sources of the data on the page of this site about them."},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": server}],
        "paths": dict(_paths(tags)),
        "components": {
            "schemas": {
                **{name: _shape(table, nested) for name, (table, nested) in _SHAPES.items()},
                "Error": _closed(
                    {"code": {"type": "string"}, "message": {"type": "string"}}, ["code", "message"]
                ),
            },
            "responses": {
                "BadParameter": _bad_parameter(),
                "NotFound": _json("There is no such thing.", _ref("Error")),
                "NotModified": {"description": "The answer is the one that the request's tag stands for."},
            },
        },
    }


def _paths(tags: Sequence[str]) -> Sequence[tuple[str, Record]]:
    found = [("/", _get("getRoot", "What this interface is.", (), _ROOT, tags, ("400",)))]
    for name, one in LISTS.items():
        page = _closed(
            {**_PAGE, "contents": {"type": "array", "items": _ref(one.listed)}}, [*_PAGE, "contents"]
        )
        about = f"Pages of {one.about}."
        listed = _get(f"list_{name}", about, one.parameters, page, tags, ("304", "400", "404"))
        link = {"operationId": f"get_{name}", "parameters": {"id": "$response.body#/contents/0/id"}}
        listed["get"]["responses"]["200"]["links"] = {"first": link}
        found.append((f"/{name}", listed))
        parameters = ONE.get(name, ("lang",))
        whole = _get(
            f"get_{name}",
            f"One of the {one.about}.",
            parameters,
            _ref(one.record),
            tags,
            ("304", "400", "404"),
        )
        whole["parameters"] = [
            {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        ]
        found.append((f"/{name}/{{id}}", whole))
    return found


def _get(
    id: str, about: str, parameters: Sequence[str], schema: Record, tags: Sequence[str], others: Sequence[str]
) -> Record:
    responses: Record = {"200": _json(about, schema)}
    names = {"304": "NotModified", "400": "BadParameter", "404": "NotFound"}
    responses |= {status: {"$ref": f"#/components/responses/{names[status]}"} for status in others}
    asked = [_parameter(name, tags) for name in parameters]
    return {"get": {"operationId": id, "summary": about, "parameters": asked, "responses": responses}}


def _parameter(name: str, tags: Sequence[str]) -> Record:
    parameter = PARAMETERS[name]
    schema = (
        {**parameter.schema, "enum": tags, "default": tags[0]} if name == "lang" else dict(parameter.schema)
    )
    return {"name": name, "in": "query", "required": False, "description": parameter.about, "schema": schema}


def _shape(table: str, nested: Mapping[str, Any]) -> Record:
    shape = SHAPES[table]
    properties: Record = {name: _field(field) for name, field in shape.fields.items()}
    for name, kind in nested.items():
        properties[name] = {"type": "array", "items": _ref(kind[0])} if isinstance(kind, list) else _ref(kind)
    required = [name for name, field in shape.fields.items() if field.required]
    return {"description": shape.about, **_closed(properties, required)}


def _field(field: Field) -> Record:
    least = {"minLength": 1} if field.required and field.kind == "text" else {}
    return {**_TYPES[field.kind], **least}


def _closed(properties: Record, required: Sequence[str]) -> Record:
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _json(about: str, schema: Record) -> Record:
    return {"description": about, "content": {"application/json": {"schema": schema}}}


def _bad_parameter() -> Record:
    """A request that is too long for its line is refused before anybody knows what it asks: in plain text."""
    found = _json("A parameter cannot be read, or the whole request.", _ref("Error"))
    found["content"]["text/plain"] = {"schema": {"type": "string"}}
    return found


def _ref(name: str) -> Record:
    return {"$ref": f"#/components/schemas/{name}"}


_ROOT = _closed(
    {
        "version": {"type": "string"},
        "profile": {"type": "string", "format": "uri"},
        "openapi_url": {"type": "string", "format": "uri"},
    },
    ["version", "profile", "openapi_url"],
)
