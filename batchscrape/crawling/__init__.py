"""Crawl one site: which page next, until it is enough."""
