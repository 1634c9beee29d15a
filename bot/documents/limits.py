"""How much of a stranger's file we take on, and why that much."""

# The longest payer manuals run to some 250 pages and 15 MB; a statute book is not what this is for.
LARGEST_BYTES = 20_000_000
MOST_PAGES = 300
MOST_CHARACTERS = 2_000_000
# A Word file is a zip archive: what it unpacks to is counted before anything is unpacked.
MOST_UNPACKED_BYTES = 100_000_000
MOST_ARCHIVE_ENTRIES = 2_000
# 300 dense pages take some twenty seconds on a slow machine; a file made to stall a parser takes for ever.
MOST_SECONDS = 120
# Everything but a PDF is text or nearly so, and takes a second.
MOST_TEXT_SECONDS = 20
MOST_MEMORY_BYTES = 1_500_000_000
# The reading process's word for reading by lines.
LINES = "lines"
