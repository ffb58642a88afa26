"""The part of Read the Docs' schema, version 2, that editions use."""

from __future__ import annotations

from typing import Any, Final

SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["version", "build"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": 2},
        "formats": {
            "type": "array",
            "items": {"enum": ["htmlzip", "pdf", "epub"]},
            "uniqueItems": True,
        },
        "build": {
            "type": "object",
            "required": ["os", "tools"],
            "properties": {
                "os": {"enum": ["ubuntu-22.04", "ubuntu-24.04", "ubuntu-lts-latest"]},
                "tools": {"type": "object", "required": ["python"]},
                "apt_packages": {"type": "array", "items": {"type": "string"}},
            },
        },
        "python": {
            "type": "object",
            "properties": {
                "install": {
                    "type": "array",
                    "items": {"type": "object", "required": ["requirements"]},
                }
            },
        },
        "sphinx": {
            "type": "object",
            "required": ["configuration"],
            "additionalProperties": False,
            "properties": {
                "configuration": {"type": "string"},
                "builder": {"enum": ["html", "dirhtml", "singlehtml"]},
                "fail_on_warning": {"type": "boolean"},
            },
        },
    },
}
