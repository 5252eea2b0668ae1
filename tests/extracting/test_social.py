import pytest

from tests.extracting.pages import read

PROFILES = [
    ("facebook", "https://www.facebook.com/AcmeWerke", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "//m.facebook.com/AcmeWerke/?ref=page", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "http://de-de.facebook.com/pg/AcmeWerke/about/", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "https://facebook.com/profile.php?id=1234567", "https://www.facebook.com/profile.php?id=1234567"),
    ("facebook", "https://www.facebook.com/pages/Acme/1234567", "https://www.facebook.com/pages/Acme/1234567"),
    ("twitter", "https://x.com/acme_werke?lang=de", "https://twitter.com/acme_werke"),
    ("twitter", "http://www.twitter.com/#!/acme_werke", "https://twitter.com/acme_werke"),
    (
        "linkedin",
        "https://de.linkedin.com/company/acme-werke/?trk=x",
        "https://www.linkedin.com/company/acme-werke",
    ),
    ("linkedin", "https://www.linkedin.com/in/anna-acme/de", "https://www.linkedin.com/in/anna-acme"),
    ("instagram", "https://instagram.com/acme.werke/", "https://www.instagram.com/acme.werke"),
    ("youtube", "https://www.youtube.com/@AcmeWerke/videos", "https://www.youtube.com/@AcmeWerke"),
    (
        "youtube",
        "https://youtube.com/channel/UCabcdefghijklmnop",
        "https://www.youtube.com/channel/UCabcdefghijklmnop",
    ),
    ("youtube", "https://www.youtube.com/user/acme", "https://www.youtube.com/user/acme"),
    ("tiktok", "https://www.tiktok.com/@acme.werke?lang=de", "https://www.tiktok.com/@acme.werke"),
    ("pinterest", "https://www.pinterest.de/acmewerke/", "https://www.pinterest.com/acmewerke"),
    ("github", "https://github.com/acme-werke", "https://github.com/acme-werke"),
    ("whatsapp", "https://wa.me/493012345678?text=Hallo", "https://wa.me/493012345678"),
    ("whatsapp", "https://api.whatsapp.com/send?phone=%2B493012345678", "https://wa.me/493012345678"),
    ("whatsapp", "whatsapp://send?phone=493012345678", "https://wa.me/493012345678"),
    ("telegram", "https://t.me/acmewerke", "https://t.me/acmewerke"),
    ("telegram", "https://telegram.me/s/acmewerke", "https://t.me/acmewerke"),
    ("xing", "https://www.xing.com/companies/acmewerke/updates", "https://www.xing.com/companies/acmewerke"),
    ("xing", "https://www.xing.com/pages/acmewerke", "https://www.xing.com/pages/acmewerke"),
]
NO_PROFILES = [
    "https://www.facebook.com/",
    "https://www.facebook.com/sharer/sharer.php?u=https://acme.de",
    "https://www.facebook.com/sharer.php?u=x",
    "https://www.facebook.com/dialog/share?x=1",
    "https://www.facebook.com/plugins/like.php",
    "https://www.facebook.com/acme/posts/123456",
    "https://www.facebook.com/photo.php?fbid=1",
    "https://www.facebook.com/wordpress",
    "https://www.facebook.com/profile.php",
    "https://twitter.com/",
    "https://twitter.com/share?url=x",
    "https://twitter.com/intent/tweet?text=x",
    "https://x.com/acme/status/12345",
    "https://twitter.com/hashtag/acme",
    "https://twitter.com/wix",
    "https://www.linkedin.com/shareArticle?mini=true",
    "https://www.linkedin.com/sharing/share-offsite/?url=x",
    "https://www.linkedin.com/",
    "https://www.instagram.com/p/Cabc/",
    "https://www.instagram.com/explore/tags/x/",
    "https://www.youtube.com/watch?v=abc",
    "https://www.youtube.com/embed/abc",
    "https://youtu.be/abc",
    "https://www.tiktok.com/@acme/video/123",
    "https://www.pinterest.com/pin/create/button/?url=x",
    "https://github.com/twbs",
    "https://github.com/acme/repo",
    "https://wa.me/?text=x",
    "https://api.whatsapp.com/send?text=x",
    "https://t.me/share/url?url=x",
    "https://t.me/acme/123",
    "https://www.xing.com/spi/shares/new?url=x",
    "https://www.xing.com/",
    "https://notfacebook.com/acme",
    "https://facebook.com.evil.de/acme",
    "https://acme.de/facebook.com/acme",
    "http://[facebook.com/acme",
]


@pytest.mark.parametrize(("network", "href", "url"), PROFILES)
def test_a_profile_has_one_normal_form(network: str, href: str, url: str) -> None:
    assert read(f'<a href="{href}">x</a>').social == {network: (url,)}


@pytest.mark.parametrize("href", NO_PROFILES)
def test_buttons_posts_and_theme_makers_are_no_profiles(href: str) -> None:
    assert read(f'<a href="{href}">x</a>').social == {}


def test_profiles_in_json_ld_count() -> None:
    data = '{"@type":"Organization","sameAs":["https://www.facebook.com/acme","https://www.instagram.com/acme/"]}'

    facts = read(f'<script type="application/ld+json">{data}</script>')

    assert facts.social == {
        "facebook": ("https://www.facebook.com/acme",),
        "instagram": ("https://www.instagram.com/acme",),
    }


def test_a_profile_stands_there_once_whatever_its_case() -> None:
    facts = read('<a href="https://facebook.com/Acme">a</a><a href="http://www.facebook.com/acme/">b</a>')

    assert facts.social == {"facebook": ("https://www.facebook.com/Acme",)}


def test_a_makers_own_site_may_name_its_profile() -> None:
    facts = read('<a href="https://twitter.com/wix">x</a>', url="https://www.wix.com/")

    assert facts.social == {"twitter": ("https://twitter.com/wix",)}
