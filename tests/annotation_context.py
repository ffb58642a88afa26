"""The JSON-LD context of the Web Annotation Data Model, so that no test needs a network.

Written out from the Web Annotation Vocabulary (W3C Recommendation, 23 February 2017), whose
sections 2 and 3 give each term its IRI and whose Appendix A says how JSON names them. It is a
table of names made here and no copy of https://www.w3.org/ns/anno.jsonld, which W3C publishes.
"""

from __future__ import annotations

from typing import Any

ADDRESS = "http://www.w3.org/ns/anno.jsonld"

PREFIXES = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "iana": "http://www.iana.org/assignments/relation/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

SAME_NAME_IN_OA = (
    # Classes.
    *("Annotation", "Choice", "CssSelector", "DataPositionSelector", "FragmentSelector"),
    *("HttpRequestState", "Motivation", "RangeSelector", "ResourceSelection", "SpecificResource"),
    *("SvgSelector", "TextPositionSelector", "TextQuoteSelector", "TextualBody", "TimeState"),
    "XPathSelector",
    # Motivations. `assessing` is in the model, and was left out of the context.
    *("bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
    *("identifying", "linking", "moderating", "questioning", "replying", "reviewing", "tagging"),
    # Text.
    *("bodyValue", "exact", "prefix", "processingLanguage", "styleClass", "suffix"),
)

OTHER_NAMES = {
    "Audience": "schema:Audience",
    "Audio": "dctypes:Sound",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "CssStylesheet": "oa:CssStyle",
    "Dataset": "dctypes:Dataset",
    "Image": "dctypes:StillImage",
    "Organization": "foaf:Organization",
    "Person": "foaf:Person",
    "Software": "as:Application",
    "Text": "dctypes:Text",
    "Video": "dctypes:MovingImage",
    "accessibility": "schema:accessibilityFeature",
    "auto": "oa:autoDirection",
    "email": "foaf:mbox",
    "email_sha1": "foaf:mbox_sha1sum",
    "format": "dc:format",
    "label": "rdfs:label",
    "language": "dc:language",
    "ltr": "oa:ltrDirection",
    "name": "foaf:name",
    "nickname": "foaf:nick",
    "rtl": "oa:rtlDirection",
    "value": "rdf:value",
}

RELATIONS = {
    "audience": "schema:audience",
    "body": "oa:hasBody",
    "cached": "oa:cachedSource",
    "canonical": "oa:canonical",
    "conformsTo": "dcterms:conformsTo",
    "creator": "dcterms:creator",
    "endSelector": "oa:hasEndSelector",
    "first": "as:first",
    "generator": "as:generator",
    "homepage": "foaf:homepage",
    "last": "as:last",
    "next": "as:next",
    "partOf": "as:partOf",
    "prev": "as:prev",
    "refinedBy": "oa:refinedBy",
    "renderedVia": "oa:renderedVia",
    "rights": "dcterms:rights",
    "scope": "oa:hasScope",
    "selector": "oa:hasSelector",
    "source": "oa:hasSource",
    "startSelector": "oa:hasStartSelector",
    "state": "oa:hasState",
    "stylesheet": "oa:styledBy",
    "target": "oa:hasTarget",
    "via": "oa:via",
}
"""Those whose values are resources: a string is an IRI."""

OF_CLOSED_LISTS = {
    "motivation": "oa:motivatedBy",
    "purpose": "oa:hasPurpose",
    "textDirection": "oa:textDirection",
}
"""Those whose values are terms of the vocabulary."""

TYPED = {
    "xsd:dateTime": {
        "created": "dcterms:created",
        "generated": "dcterms:issued",
        "modified": "dcterms:modified",
        "sourceDate": "oa:sourceDate",
        "sourceDateEnd": "oa:sourceDateEnd",
        "sourceDateStart": "oa:sourceDateStart",
    },
    "xsd:nonNegativeInteger": {
        "end": "oa:end",
        "start": "oa:start",
        "startIndex": "as:startIndex",
        "total": "as:totalItems",
    },
}


def context() -> dict[str, Any]:
    """Give the context."""
    made: dict[str, Any] = {
        **PREFIXES,
        "id": {"@type": "@id", "@id": "@id"},
        "type": {"@type": "@id", "@id": "@type"},
        **{name: f"oa:{name}" for name in SAME_NAME_IN_OA},
        **OTHER_NAMES,
        **{name: {"@type": "@id", "@id": iri} for name, iri in RELATIONS.items()},
        **{name: {"@type": "@vocab", "@id": iri} for name, iri in OF_CLOSED_LISTS.items()},
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    }
    for type_, names in TYPED.items():
        made |= {name: {"@id": iri, "@type": type_} for name, iri in names.items()}
    return {"@context": made}


def load(address: str, _options: object = None) -> dict[str, Any]:
    """Give the context for its address, to pyld; nothing else is to be loaded."""
    if address != ADDRESS:
        raise AssertionError(f"asked for {address}")
    return {"contextUrl": None, "documentUrl": address, "document": context()}
