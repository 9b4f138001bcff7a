"""Pages: a Book in, pages out; one page family a file. Nothing here knows HTML, a disk or a clock."""
