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
    key = book.links.names.key_of(product.to, values.get(product.name)) if product is not None else None
    state = book.portfolio.records.get(key) if key is not None else None
    if state is None or state.version is None:
        return {}
    roadmap = book.configuration.types[state.key.type].published_role("roadmap")
    return item_titles(roadmap, state.version.fields.get(roadmap.name)) if roadmap is not None else {}
