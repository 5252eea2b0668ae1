"""Scrape a list of domains politely, all at the same time, into PostgreSQL."""

__version__ = "0.1.0"
