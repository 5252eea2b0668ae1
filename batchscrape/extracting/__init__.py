"""Read one page: from bytes to facts."""
