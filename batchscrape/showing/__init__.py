"""Show a batch to people: live progress, tables, exports."""
