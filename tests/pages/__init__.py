"""Pages with the facts a careful person would note of each, and how many of them we find."""
