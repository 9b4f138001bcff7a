"""Which characters of a text show nothing, or move others, so that a reader must be shown that they are there."""

from __future__ import annotations

JOINERS = "\u200c\u200d"
"""They part and join letters and emoji, without which some scripts cannot be written right: they are left alone."""
SELECTORS = "\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""They choose a form of the character before them, as of an emoji or of a letter in a name. They are left alone where
there is one; the second of two, or one behind a space, chooses nothing and could carry words that nobody sees."""

_CONTROLS = (
    # Categories Cc but for line ends and tabs, Cf, Zl and Zp, and halves of characters (Cs). Asking for the category of
    # every character would cost each command 0.3 s, so it is a list, which a test holds against them. Of Cf it lacks
    # the joiners, and signs that are seen, or that arrange what their script cannot do without: Arabic number signs,
    # controls of hieroglyphs.
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufff0-\ufff8"
"""What counts as a letter, a mark or a sign, or is not assigned, and draws nothing."""
_TAGS = "\U000e0000-\U000e0fff"
"""Tags and what is kept for more of them; in one range with the selectors among them, which makes a search faster."""

HIDDEN = rf"[{_CONTROLS}{_BLANKS}\u180b-\u180d\u180f\ufe00-\ufe0f{_TAGS}](?<![^\s{JOINERS}{SELECTORS}][{SELECTORS}])"
"""A regular expression for one such character. It begins with a set and looks behind itself: so a search is fast."""
