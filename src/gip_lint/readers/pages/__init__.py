"""Pages of characters and lines, as PDF and OFD have them, → document."""
