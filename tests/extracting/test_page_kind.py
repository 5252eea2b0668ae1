import pytest

from tests.extracting.pages import read


@pytest.mark.parametrize(
    ("title", "body", "kind"),
    [
        ("Acme", "<p>Wir bauen Dinge. " + "Text " * 50 + "</p>", "site"),
        ("404 Not Found", "<h1>Not Found</h1>", "error"),
        ("Error 503", "<p>Service Unavailable</p>", "error"),
        ("Just a moment...", "<p>Checking your browser</p>", "error"),
        ("x", "<p>Error establishing a database connection</p>", "error"),
        ("acme.de", "<p>Diese Domain steht zum Verkauf</p>", "parked"),
        ("acme.com is for sale", "<p>The domain acme.com is for sale. Buy this domain.</p>", "parked"),
        ("acme.com", "<script src='https://www.sedoparking.com/x.js'></script>", "parked"),
        ("Welcome to nginx!", "<p>If you see this page</p>", "placeholder"),
        ("Apache2 Debian Default Page: It works", "<p>It works!</p>", "placeholder"),
        ("Index of /", "<pre>x</pre>", "placeholder"),
        ("Acme", "<h1>Coming soon</h1>", "placeholder"),
        ("Acme", "<h1>Hier entsteht eine neue Website</h1>", "placeholder"),
        ("", "", "placeholder"),
        ("Acme", "<div id=root></div><script src=/app.js></script>", "site"),
        ("404 km durch Bayern", "<p>Ein Reisebericht</p>", "site"),
        ("Domain kaufen", "<p>" + "Wir verkaufen Domains. " * 100 + "</p>", "site"),
    ],
)
def test_a_page_that_is_no_site_is_told_apart(title: str, body: str, kind: str) -> None:
    assert read(body, head=f"<title>{title}</title>").page_kind == kind
