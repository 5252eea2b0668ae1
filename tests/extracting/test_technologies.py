from pathlib import Path

import pytest

from batchscrape.extracting.technologies.rules import RULES
from tests.extracting.pages import read

TABLE = Path(__file__).with_name("technologies.txt").read_text(encoding="utf-8")
SNIPPETS = [
    [cell.strip() for cell in line.split("|", 2)]
    for line in TABLE.splitlines()
    if line and not line.startswith("#")
]
WORDPRESS = """
<meta name="generator" content="WordPress 6.4.2">
<meta name="generator" content="Elementor 3.18.0; features: x">
<link rel="stylesheet" href="/wp-content/themes/astra/style.css?ver=4.5.1">
<link rel="stylesheet" href="/wp-content/plugins/contact-form-7/includes/css/styles.css?ver=5.8.4">
<script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7.1"></script>
<!-- This site is optimized with the Yoast SEO plugin v21.7 - https://yoast.com/ -->
"""


def found(body: str = "", *, head: str = "", headers: dict[str, str] | None = None) -> dict[str, str | None]:
    return {one.name: one.version for one in read(body, head=head, headers=headers or {}).technologies}


def sent(snippet: str) -> dict[str, str | None]:
    """What is found in a page that holds the snippet, or whose response's head does."""
    if snippet.startswith(("<meta", "<link", "<script", "<!--", "<style")):
        return found("<p>Hello", head=snippet)
    if snippet.startswith("<"):
        return found(snippet)
    name, _, value = snippet.partition(": ")
    return found("<p>Hello", headers={name: value})


def with_implied(name: str) -> set[str]:
    implied = next(rule.implies for rule in RULES if rule.name == name)
    return {name}.union(*map(with_implied, implied))


@pytest.mark.parametrize(("name", "version", "snippet"), SNIPPETS, ids=lambda value: str(value)[:40])
def test_a_technology_is_recognised_and_no_other(name: str, version: str, snippet: str) -> None:
    technologies = sent(snippet)

    assert {one for one in technologies if not one.startswith("WordPress theme: ")} == with_implied(name)
    assert (technologies[name] or "-") == version


def test_every_rule_has_its_snippet() -> None:
    assert {rule.name for rule in RULES} == {name for name, *_ in SNIPPETS}
    assert len({rule.name for rule in RULES}) == len(RULES) >= 60


def test_what_is_implied_is_in_the_table() -> None:
    assert {name for rule in RULES for name in rule.implies} <= {rule.name for rule in RULES}


def test_a_wordpress_site_tells_its_parts() -> None:
    assert found(head=WORDPRESS) == {
        "WordPress": "6.4.2",
        "Elementor": "3.18.0",
        "Yoast SEO": "21.7",
        "Contact Form 7": "5.8.4",
        "jQuery": "3.7.1",
        "WordPress theme: astra": "4.5.1",
    }


def test_several_cookies_tell_each_its_own() -> None:
    cookies = "PHPSESSID=1; path=/\nlaravel_session=2; path=/\nother=__cf_bm=3"

    assert found(headers={"set-cookie": cookies}) == {"PHP": None, "Laravel": None}


@pytest.mark.parametrize(
    "waiting",
    [
        '<script type="text/plain" data-cookieconsent="statistics" src="https://static.hotjar.com/c/x.js"></script>',
        '<script type="text/plain" data-src="https://static.hotjar.com/c/x.js"></script>',
        '<script type="rocketlazyloadscript" data-rocket-src="https://static.hotjar.com/c/x.js"></script>',
        '<script type="text/plain">h.src="https://static.hotjar.com/c/hotjar-"</script>',
        '<iframe data-src="https://static.hotjar.com/c/x.html"></iframe>',
    ],
)
def test_what_waits_for_consent_is_there_too(waiting: str) -> None:
    assert found(waiting) == {"Hotjar": None}


@pytest.mark.parametrize(
    "harmless",
    [
        "We build WordPress, Drupal, Joomla and Shopify sites with jQuery, React and Bootstrap on nginx.",
        '<a href="https://wordpress.org/plugins/elementor/">WordPress</a> <a href="https://de.wordpress.org/">WP</a>',
        '<a href="https://other.de/wp-content/plugins/contact-form-7/x.pdf">pdf</a>',
        '<a href="https://www.facebook.com/acme">Facebook</a><img src="https://www.facebook.com/acme.png">',
        '<a href="https://calendly.com/acme/30min">Book</a> <a href="https://www.paypal.com/donate/?id=1">Donate</a>',
        '<a href="https://acme.us1.list-manage.com/subscribe?u=1">Newsletter</a>',
        '<a href="https://maps.google.com/maps?q=acme">Map</a> <a href="https://www.trustpilot.com/review/a">Us</a>',
        '<h1>jQuery 3.7.1 released</h1><pre>&lt;script src="https://code.jquery.com/jquery-3.7.1.js"&gt;</pre>',
        "<p>Put https://www.googletagmanager.com/gtm.js?id=A into your head, then gtag('config', 'G-A1').</p>",
        '<pre>&lt;div id="__next"&gt; &lt;app-root ng-version="17.0.6"&gt; &lt;html data-wf-site="1"&gt;</pre>',
        '<p class="bootstrap react vue svelte shopify">Bootstrap</p><img src="/img/jquery.js.png">',
        '<script src="/js/jquery.fancybox.min.js"></script><script src="/js/jquery-ui.min.js"></script>',
        '<script src="/js/react-slick.js"></script><script src="/js/vuetify-form.js"></script>',
        '<link rel="stylesheet" href="/css/bootstrap-icons.css"><script src="/js/angular-ish.js"></script>',
        '<link rel="preconnect" href="https://js.stripe.com"><link rel="preconnect" href="//static.hotjar.com/">',
        '<script src="https://connect.facebook.net/en_US/sdk.js"></script>',
        '<script type="application/ld+json">{"sameAs":["https://static.hotjar.com/c/x.js"]}</script>',
        '<script type="application/json">{"text":"https://js.stripe.com/v3/ posthog.init( NREUM"}</script>',
        '<script>self.__next_f.push([1,"<script src=\\"https://js.stripe.com/v3/\\">"])</script>',
        '<script src="https://nothotjar.com/c/static.hotjar.com/x.js"></script>',
        '<script src="https://static.hotjar.com.evil.example/x.js"></script>',
        '<!-- <script src="https://js.stripe.com/v3/"></script> -->',
        '<meta name="generator" content="Made with WordPress in mind">',
        '<meta name="generator" content="Hugoesque 1.0.0">',
        '<meta name="description" content="WordPress 6.4.2">',
        '<link rel="canonical" href="https://www.acme-werke.de/blog/wordpress-6.4">',
        '<iframe src="https://www.youtube.com/embed/x"></iframe>',
    ],
)
def test_what_only_speaks_of_a_technology_is_none(harmless: str) -> None:
    assert found(harmless) == {}
    assert found(head=harmless) == {}


@pytest.mark.parametrize(
    "header",
    ["Server: my-nginx", "Server: ApacheBench", "X-Powered-By: PHPeople", "Via: 1.1 google", "X-Served-By: web1"],
)
def test_other_heads_tell_nothing(header: str) -> None:
    assert sent(header) == {}


@pytest.mark.parametrize("part", ["//", "<!--", "/wp-content/themes/", "jquery", "gtag(", "a.a", "http://a.a/"])
def test_no_page_costs_more_than_its_length(part: str) -> None:
    text = part * 20_000

    assert "React" not in found(f"<script>{text}</script><script src='{text}'></script>", head=f"<!--{text}-->")
