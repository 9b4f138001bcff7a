"""What the history says, as text for a terminal and as JSON for other tools."""
