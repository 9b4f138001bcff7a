"""The nouns of Minutebook: frozen dataclasses and enums that every other floor speaks in."""
