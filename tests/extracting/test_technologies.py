import pytest

from tests.extracting.pages import read

WORDPRESS = """
<meta name="generator" content="WordPress 6.4.2">
<meta name="generator" content="Elementor 3.18.0; features: x">
<link rel="stylesheet" href="/wp-content/themes/astra/style.css?ver=4.5.1">
<link rel="stylesheet" href="/wp-content/plugins/contact-form-7/includes/css/styles.css?ver=5.8.4">
<script src="/wp-includes/js/jquery/jquery.min.js?ver=3.7.1"></script>
<!-- This site is optimized with the Yoast SEO plugin v21.7 - https://yoast.com/ -->
"""


def found(body: str = "", *, head: str = "", **headers: str) -> dict[str, str | None]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {one.name: one.version for one in read(body, head=head, headers=named).technologies}


def test_a_wordpress_site_tells_its_parts() -> None:
    assert found(head=WORDPRESS) == {
        "WordPress": "6.4.2",
        "Elementor": "3.18.0",
        "Yoast SEO": "21.7",
        "Contact Form 7": "5.8.4",
        "jQuery": "3.7.1",
        "WordPress theme: astra": "4.5.1",
    }


@pytest.mark.parametrize(
    ("head", "name", "version"),
    [
        ('<meta name=generator content="Divi v.4.23.1">', "Divi", "4.23.1"),
        ('<link href="/wp-content/themes/Divi/style.css?ver=4.9" rel=stylesheet>', "Divi", "4.9"),
        ('<meta name=generator content="WooCommerce 8.4.0">', "WooCommerce", "8.4.0"),
        ('<script src="/wp-content/plugins/wpforms-lite/a.js?ver=1.8.5"></script>', "WPForms", "1.8.5"),
        ('<script src="/wp-content/plugins/js_composer/a.js?ver=7.1"></script>', "WPBakery", "7.1"),
        ('<script src="//cdn.shopify.com/s/a.js"></script>', "Shopify", None),
        ('<meta name=generator content="Wix.com Website Builder">', "Wix", None),
        ('<script src="//assets.squarespace.com/a.js"></script>', "Squarespace", None),
        ('<meta name=generator content="Joomla! - Open Source Content Management">', "Joomla", None),
        ('<meta name=Generator content="Drupal 10 (https://www.drupal.org)">', "Drupal", "10"),
        ('<meta name=generator content="TYPO3 CMS">', "TYPO3", None),
        ('<meta name=generator content="Webflow">', "Webflow", None),
        ('<meta name=generator content="Hugo 0.121.1">', "Hugo", "0.121.1"),
        ('<meta name=generator content="Ghost 5.75">', "Ghost", "5.75"),
        ('<script src="https://code.jquery.com/jquery-3.6.0.min.js"></script>', "jQuery", "3.6.0"),
        (
            '<script src="//ajax.googleapis.com/ajax/libs/jquery/1.12.4/jquery.min.js"></script>',
            "jQuery",
            "1.12.4",
        ),
        ('<link href="https://cdn.jsdelivr.net/npm/bootstrap@5.3.2/dist/css/x.css">', "Bootstrap", "5.3.2"),
        ('<link href="css/bootstrap.min.css">', "Bootstrap", None),
        ('<script src="https://unpkg.com/react@18.2.0/umd/react.js"></script>', "React", "18.2.0"),
        ('<script src="/_next/static/chunks/main.js"></script>', "Next.js", None),
        ('<script src="https://unpkg.com/vue@3.3.4/dist/vue.js"></script>', "Vue.js", "3.3.4"),
        ('<script src="/_nuxt/entry.js"></script>', "Nuxt", None),
        ('<script src="https://www.googletagmanager.com/gtag/js?id=G-ABC"></script>', "Google Analytics", None),
        ("<script>x='https://www.googletagmanager.com/gtm.js?id='</script>", "Google Tag Manager", None),
    ],
)
def test_a_rule_recognises_its_technology(head: str, name: str, version: str | None) -> None:
    technologies = found(head=head)

    assert name in technologies
    assert technologies[name] == version


@pytest.mark.parametrize(
    ("header", "value", "name", "version"),
    [
        ("server", "nginx/1.18.0", "nginx", "1.18.0"),
        ("server", "Apache/2.4.57 (Debian)", "Apache", "2.4.57"),
        ("server", "cloudflare", "Cloudflare", None),
        ("server", "Microsoft-IIS/10.0", "IIS", "10.0"),
        ("x_powered_by", "PHP/8.2.1", "PHP", "8.2.1"),
        ("set_cookie", "PHPSESSID=1; path=/", "PHP", None),
    ],
)
def test_headers_and_cookies_tell_too(header: str, value: str, name: str, version: str | None) -> None:
    assert found(**{header: value}) == {name: version}


def test_words_about_a_technology_are_no_evidence() -> None:
    text = "We build WordPress, Drupal, Joomla and Shopify sites with jQuery, React and Bootstrap on nginx."

    assert found(f"<p>{text}</p><a href='https://other.de/wp-content/uploads/x.pdf'>pdf</a>") == {}


def test_plugins_of_jquery_are_not_jquery() -> None:
    assert "jQuery" not in found(head='<script src="/js/jquery.fancybox.min.js"></script>')
