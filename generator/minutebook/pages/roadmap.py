"""What the items of a record may name on a roadmap: a Book and a record in, titles of roadmap items by id out."""

from __future__ import annotations

from collections.abc import Mapping

from minutebook.model.record_type import RecordType
from minutebook.model.value import Fields
from minutebook.pages.book import Book
from minutebook.pages.shown import item_titles


def roadmap_titles(record_type: RecordType, values: Fields, book: Book) -> Mapping[str, str]:
    """The items of the record's own roadmap; where its type has none, of that of the product that it works for.

    Empty where no roadmap is published, or the product can mean several records.
    """
    own = record_type.published_role("roadmap")
    if own is not None:
        return item_titles(own, values.get(own.name))
    product = record_type.published_role("product")
    reference = values.get(product.name) if product is not None else None
    if product is None or not isinstance(reference, str):
        return {}
    keys = [key for key in book.links.names.keys_of(product.to, reference) if key in book.portfolio.records]
    version = book.portfolio.records[keys[0]].version if len(keys) == 1 else None
    roadmap = book.configuration.types[keys[0].type].published_role("roadmap") if version is not None else None
    return item_titles(roadmap, version.fields.get(roadmap.name)) if roadmap is not None and version is not None else {}
