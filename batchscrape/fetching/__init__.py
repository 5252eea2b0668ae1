"""Fetch single URLs. The only home of httpx."""
