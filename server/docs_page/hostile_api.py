"""An OpenAPI document that attacks whoever shows it, and one of whose parts each is wrong."""

from __future__ import annotations

from typing import Any

MARKUP = (
    "</script><script>window.attacked = 1</script><img src=x onerror='window.attacked = 2'>"
    "<svg onload='window.attacked = 3'> [press](javascript:window.attacked=4) "
    "[nine](https://elsewhere.example/x) `</code><b>` \"' onfocus=window.attacked=5 autofocus x='"
)
LONG = "an_endless_word" * 40


def hostile_schemas() -> dict[str, Any]:
    """Return schemas that hold themselves in every way, and some that are none."""
    far = {
        f"Level{level}": {
            "type": "object",
            "properties": {
                f"p{i}": {"$ref": f"#/components/schemas/Level{level + 1}"} for i in range(9)
            },
        }
        for level in range(12)
    }
    return far | {
        "Itself": {"$ref": "#/components/schemas/Itself"},
        "One": {"$ref": "#/components/schemas/Two"},
        "Two": {"$ref": "#/components/schemas/One"},
        "Sum": {"allOf": [{"$ref": "#/components/schemas/Sum"}, {"properties": {"x": {}}}]},
        "Either": {"oneOf": [{"$ref": "#/components/schemas/Either"}, {"type": "null"}]},
        "List": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/List"}},
        "Nowhere": {"$ref": "#/components/schemas/Missing"},
        "Foreign": {"$ref": "https://elsewhere.example/schema.json"},
        "Inherited": {"$ref": "#/components/schemas/constructor"},
        "Nothing": False,
        "Wrong": {"type": 7, "enum": "no", "required": "no", "properties": [1], "allOf": 3},
        "Numbers": [1, 2, 3],
        "Null": None,
        "Fields": {
            "type": "object",
            "properties": {
                "__proto__": {"type": "string"},
                "constructor": {"type": "string"},
                LONG: {"type": "string", "pattern": LONG},
                MARKUP: {
                    "type": "string",
                    "enum": [MARKUP],
                    "default": MARKUP,
                    "description": MARKUP,
                },
            },
        },
    }


def hostile_operation(number: int) -> dict[str, Any]:
    """Return an operation whose every text is markup or never ends."""
    schemas = list(hostile_schemas())
    schema = {"$ref": f"#/components/schemas/{schemas[number % len(schemas)]}"}
    return {
        "operationId": MARKUP if number % 3 else None,
        "summary": MARKUP,
        "description": LONG if number % 2 else MARKUP,
        "tags": [MARKUP] if number % 5 else None,
        "externalDocs": {"url": "javascript:window.attacked=6", "description": MARKUP},
        "parameters": [
            {
                "name": MARKUP,
                "in": "query",
                "description": MARKUP,
                "schema": schema,
                "example": MARKUP,
            },
            {"name": LONG, "in": "header", "schema": {"type": "string", "default": LONG}},
            {"name": "a; path=/; x", "in": "cookie", "schema": {}, "example": "b; path=/"},
            {"in": "query"},
            7,
            None,
        ],
        "requestBody": {"content": {"application/json": {"schema": schema}, MARKUP: {}, "x": None}},
        "responses": {
            "200": {"description": MARKUP, "content": {"text/html": {"schema": schema}}},
            "x": 1,
        },
        "security": [{MARKUP: [MARKUP]}, 3],
    }


def hostile_api() -> dict[str, Any]:
    """Return the document: 300 operations and some broken path items."""
    paths: dict[str, Any] = {
        f"/{LONG}/{n}/{{{n}}}": {"post": hostile_operation(n)} for n in range(297)
    }
    paths |= {"/null": None, "/list": [], "/wrong": {"get": None, "put": 3, "post": []}}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": MARKUP,
            "version": LONG,
            "summary": MARKUP,
            "description": MARKUP,
            "termsOfService": "javascript:window.attacked=7",
            "contact": {"name": MARKUP, "url": "data:text/html,<script>window.attacked=8</script>"},
        },
        "servers": [{"url": "javascript:window.attacked=9"}, 3, {"url": "{x}", "variables": None}],
        "tags": [{"name": MARKUP, "description": MARKUP}, 3, {}],
        "paths": paths,
        "webhooks": "none",
        "components": {
            "schemas": hostile_schemas(),
            "securitySchemes": {
                MARKUP: {"type": "apiKey", "name": MARKUP, "in": MARKUP},
                "x": None,
            },
        },
    }
