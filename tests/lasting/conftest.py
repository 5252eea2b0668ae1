"""The web and the lists of the commands' tests."""

from tests.cli.conftest import gate, lists, web

__all__ = ["gate", "lists", "web"]
