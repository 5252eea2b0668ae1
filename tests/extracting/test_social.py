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
    ("facebook", "HTTPS://WWW.FACEBOOK.COM/AcmeWerke/", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "https://web.facebook.com/AcmeWerke?_rdc=1&_rdr", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "https://www.facebook.com/AcmeWerke/?fref=ts#", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "https://www.facebook.com/#!/AcmeWerke", "https://www.facebook.com/AcmeWerke"),
    (
        "facebook",
        "https://www.facebook.com/AcmeWerke/posts/?ref=page_internal",
        "https://www.facebook.com/AcmeWerke",
    ),
    ("facebook", "https://fb.com/AcmeWerke", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "facebook.com/AcmeWerke", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "www.facebook.com/AcmeWerke", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "http://https://www.facebook.com/AcmeWerke", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "https://facebook.com/https://www.facebook.com/AcmeWerke", "https://www.facebook.com/AcmeWerke"),
    ("facebook", "https:/www.facebook.com/AcmeWerke", "https://www.facebook.com/AcmeWerke"),
    (
        "facebook",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Ffb.com%2FAcme1%2F&h=1",
        "https://www.facebook.com/Acme1",
    ),
    (
        "facebook",
        "https://www.facebook.com/profile.php?ref=x&amp;id=100063512345678&amp;sk=about",
        "https://www.facebook.com/profile.php?id=100063512345678",
    ),
    (
        "facebook",
        "https://www.facebook.com/people/Acme-Werke/100063512345678/",
        "https://www.facebook.com/people/Acme-Werke/100063512345678",
    ),
    (
        "facebook",
        "https://www.facebook.com/pages/category/Plumber/Acme-Werke-123456789/",
        "https://www.facebook.com/Acme-Werke-123456789",
    ),
    (
        "facebook",
        "https://www.facebook.com/p/Acme-Werke-100063512345678/",
        "https://www.facebook.com/p/Acme-Werke-100063512345678",
    ),
    ("facebook", "https://www.facebook.com/123456789012345", "https://www.facebook.com/123456789012345"),
    ("twitter", "https://mobile.twitter.com/acme_werke", "https://twitter.com/acme_werke"),
    ("twitter", "https://twitter.com/@acme_werke", "https://twitter.com/acme_werke"),
    ("twitter", "https://twitter.com/intent/follow?screen_name=acme_werke", "https://twitter.com/acme_werke"),
    ("twitter", "https://twitter.com/acme_werke?ref_src=twsrc%5Etfw", "https://twitter.com/acme_werke"),
    ("linkedin", "https://www.linkedin.com/company/1234567/admin/", "https://www.linkedin.com/company/1234567"),
    ("linkedin", "https://www.linkedin.com/school/acme-uni/", "https://www.linkedin.com/school/acme-uni"),
    (
        "linkedin",
        "https://www.linkedin.com/showcase/acme-labs/about/",
        "https://www.linkedin.com/showcase/acme-labs",
    ),
    (
        "linkedin",
        "https://linkedin.com/in/j%c3%bcrgen-acme-1a2b",
        "https://www.linkedin.com/in/j%C3%BCrgen-acme-1a2b",
    ),
    (
        "instagram",
        "https://www.instagram.com/acme.werke/?igshid=abc&hl=de",
        "https://www.instagram.com/acme.werke",
    ),
    ("instagram", "https://www.instagram.com/_u/acme.werke", "https://www.instagram.com/acme.werke"),
    ("instagram", "https://www.instagram.com/@acme.werke", "https://www.instagram.com/acme.werke"),
    ("instagram", "instagram://user?username=acme.werke", "https://www.instagram.com/acme.werke"),
    (
        "instagram",
        "https://l.instagram.com/?u=https%3A%2F%2Finstagram.com%2Facme&e=AT",
        "https://www.instagram.com/acme",
    ),
    ("youtube", "https://www.youtube.com/c/AcmeWerke?sub_confirmation=1", "https://www.youtube.com/c/AcmeWerke"),
    ("youtube", "https://m.youtube.com/acmewerke", "https://www.youtube.com/acmewerke"),
    ("youtube", "https://www.youtube.com/subscription_center?add_user=acme", "https://www.youtube.com/user/acme"),
    (
        "youtube",
        "https://www.youtube.com/channel/UCabcdefghijklmnop/videos?sub_confirmation=1",
        "https://www.youtube.com/channel/UCabcdefghijklmnop",
    ),
    ("pinterest", "https://br.pinterest.com/acmewerke/_saved/", "https://www.pinterest.com/acmewerke"),
    ("pinterest", "https://www.pinterest.co.uk/acmewerke", "https://www.pinterest.com/acmewerke"),
    ("github", "https://github.com/orgs/acme-werke/repositories", "https://github.com/acme-werke"),
    ("github", "https://github.com/acme-werke?tab=repositories", "https://github.com/acme-werke"),
    ("whatsapp", "https://wa.me/+49 (0) 30 2345-678", "https://wa.me/49302345678"),
    ("whatsapp", "https://api.whatsapp.com/send/?phone=00493012345678&text=Hi", "https://wa.me/493012345678"),
    ("whatsapp", "https://web.whatsapp.com/send?text=Hi&amp;phone=493012345678", "https://wa.me/493012345678"),
    ("whatsapp", "https://wa.me/message/ABCDEF123", "https://wa.me/message/ABCDEF123"),
    ("telegram", "tg://resolve?domain=acmewerke", "https://t.me/acmewerke"),
    ("telegram", "https://t.me/acmewerke_bot?start=site", "https://t.me/acmewerke_bot"),
    ("xing", "https://www.xing.com/profile/Anna_Acme/cv", "https://www.xing.com/profile/Anna_Acme"),
    ("linkedin", "https://linkedin.com/company/acme-&-co/", "https://www.linkedin.com/company/acme-&-co"),
    ("facebook", "https://www.facebook.com/AcmeWerke&quot;", "https://www.facebook.com/AcmeWerke"),
    ("tiktok", "https://m.tiktok.com/@acme.werke/", "https://www.tiktok.com/@acme.werke"),
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
    "#facebook.com/acme",
    "/facebook.com/acme",
    "javascript:window.open('https://www.facebook.com/sharer.php?u=x')",
    "https://www.facebook.com/share.php?u=https%3A%2F%2Facme.de",
    "https://www.facebook.com/v3.2/plugins/like.php?href=https%3A%2F%2Facme.de",
    "https://www.facebook.com/groups/123456",
    "https://www.facebook.com/events/123456",
    "https://www.facebook.com/hashtag/acme",
    "https://www.facebook.com/acme/photos/a.1.2/3",
    "https://www.facebook.com/acme/videos/123",
    "https://www.facebook.com/watch/?v=1",
    "https://www.facebook.com/reel/123",
    "https://www.facebook.com/permalink.php?story_fbid=1&id=2",
    "https://www.facebook.com/policy.php",
    "https://www.facebook.com/policies/cookies/",
    "https://de-de.facebook.com/about/privacy/",
    "https://de-de.facebook.com/privacy/explanation",
    "https://www.facebook.com/privacy/policy/?entry_point=data_policy_redirect",
    "https://www.facebook.com/legal/terms/page_controller_addendum",
    "https://www.facebook.com/settings?tab=ads",
    "https://www.facebook.com/ads/preferences/?entry_product=ad_settings_screen",
    "https://www.facebook.com/help/186325668085084",
    "https://www.facebook.com/business/help/742478679120153",
    "https://www.facebook.com/full_data_use_policy",
    "https://developers.facebook.com/docs/plugins/",
    "https://connect.facebook.net/acme",
    "https://www.facebook.com/login/?next=x",
    "https://www.facebook.com/facebook",
    "https://www.facebook.com/yourpage",
    "https://www.facebook.com/#",
    "https://twitter.com/home?status=x",
    "https://twitter.com/intent/tweet?url=x&via=acme",
    "https://twitter.com/de/privacy",
    "https://twitter.com/privacy?lang=de",
    "https://twitter.com/personalization",
    "https://twitter.com/account/settings",
    "https://x.com/en/tos",
    "https://x.com/i/flow/login",
    "https://support.twitter.com/articles/105576",
    "https://about.twitter.com/de",
    "https://twitter.com/username",
    "https://twitter.com/your_username",
    "https://www.linkedin.com/cws/share?url=x",
    "https://www.linkedin.com/legal/privacy-policy",
    "https://www.linkedin.com/psettings/guest-controls/retargeting-opt-out",
    "https://www.linkedin.com/feed/update/urn:li:activity:1",
    "https://www.linkedin.com/posts/acme_x-activity-1",
    "https://www.linkedin.com/groups/123",
    "https://www.linkedin.com/jobs/view/123",
    "https://www.linkedin.com/pulse/acme",
    "https://instagram.com/about/legal/privacy/",
    "https://help.instagram.com/519522125107875",
    "https://www.instagram.com/reel/Cabc/",
    "https://www.instagram.com/acme/p/Cabc/",
    "https://www.instagram.com/accounts/login/",
    "https://www.youtube.com/",
    "https://www.youtube.com/t/privacy",
    "https://www.youtube.com/playlist?list=PL1",
    "https://www.youtube.com/shorts/abc",
    "https://www.youtube.com/hashtag/acme",
    "https://www.youtube-nocookie.com/embed/abc",
    "https://www.tiktok.com/legal/privacy-policy?lang=de",
    "https://www.tiktok.com/tag/acme",
    "https://about.pinterest.com/de/privacy-policy",
    "https://policy.pinterest.com/de/privacy-policy",
    "https://www.pinterest.com/pin/123/",
    "https://github.com/features/actions",
    "https://github.com/acme/repo/issues",
    "https://gist.github.com/acme",
    "whatsapp://send?text=https://acme.de",
    "https://api.whatsapp.com/send?phone=&text=x",
    "https://wa.me/1234567890",
    "https://www.whatsapp.com/legal/",
    "https://chat.whatsapp.com/AbCdEf",
    "https://telegram.me/share/url?url=x",
    "https://t.me/joinchat/AAAA",
    "https://t.me/+AbCdEf",
    "https://www.xing.com/app/user?op=share;url=x",
    "https://www.xing.com/privacy",
    "https://privacy.xing.com/de/datenschutzerklaerung",
    "https://www.addtoany.com/add_to/facebook?linkurl=x",
    "https://api.addthis.com/oexchange/0.8/forward/facebook/offer?url=x",
    "https://www.acme-werke.de/?share=facebook",
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


@pytest.mark.parametrize(
    "body",
    [
        '<div class="fb-page" data-href="https://www.facebook.com/acme/" data-tabs="timeline"></div>',
        '<iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Facme&tabs"></iframe>',
        '<iframe data-src="//www.facebook.com/plugins/likebox.php?href=http%3A%2F%2Ffb.com%2Facme"></iframe>',
        '<map><area href="https://www.facebook.com/acme" shape="rect"></map>',
        """<img onclick="window.open('https://www.facebook.com/acme')">""",
        '<button data-href="https://www.facebook.com/acme">f</button>',
        "<table><tr><td>Besuchen Sie uns: www.facebook.com/acme</td></tr></table>",
        '<script type="application/json">{"url":"https:\\/\\/www.facebook.com\\/acme"}</script>',
        '<script type="application/json">{"url":"https://www.facebook.com/acme"}</script>',
    ],
)
def test_a_page_that_is_no_link_but_shown_counts(body: str) -> None:
    assert read(body).social == {"facebook": ("https://www.facebook.com/acme",)}


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:publisher" content="https://www.facebook.com/acme">',
        '<link rel="me" href="https://www.facebook.com/acme">',
    ],
)
def test_a_page_stated_in_the_head_counts(head: str) -> None:
    assert read(head=head).social == {"facebook": ("https://www.facebook.com/acme",)}


@pytest.mark.parametrize(
    ("account", "handle"), [("@acme", "acme"), ("acme", "acme"), ("https://x.com/acme", "acme")]
)
def test_the_sites_own_account_in_a_twitter_card_counts(account: str, handle: str) -> None:
    facts = read(head=f'<meta name="twitter:site" content="{account}"><meta name="twitter:creator" content="@bo">')

    assert facts.social == {"twitter": (f"https://twitter.com/{handle}",)}


@pytest.mark.parametrize("account", ["@", "@username", "@wordpressdotcom", "Acme GmbH & Co"])
def test_a_card_without_an_account_counts_for_nothing(account: str) -> None:
    assert read(head=f'<meta name="twitter:site" content="{account}">').social == {}


@pytest.mark.parametrize(
    "body",
    [
        '<blockquote class="twitter-tweet"><p>Hi <a href="https://twitter.com/other?ref_src=twsrc">@other</a></p></blockquote>',
        '<blockquote class="tiktok-embed"><section><a href="https://www.tiktok.com/@other?refer=embed">x</a></section></blockquote>',
        '<ol class="comment-list"><li><a class="url" rel="external nofollow" href="https://www.facebook.com/bo">Bo</a></li></ol>',
        '<p><a rel="nofollow ugc" href="https://www.facebook.com/bo">Bo</a></p>',
        '<footer>Theme by <a href="https://twitter.com/themeguy">Theme Guy</a></footer>',
        '<footer>Made with ❤ by <a href="https://www.instagram.com/agency">Agency</a></footer>',
        '<footer>Webdesign: <a href="https://www.facebook.com/agentur">Agentur</a></footer>',
        '<footer>Design &amp; Umsetzung durch <a href="https://www.facebook.com/agentur">Agentur</a></footer>',
    ],
)
def test_what_stands_in_posts_comments_and_credits_is_others(body: str) -> None:
    assert read(body).social == {}


@pytest.mark.parametrize(
    "credit",
    [
        'Création du site : <a href="https://studio.fr">Studio</a> · <a href="{}">Facebook</a>',
        'Website by <a href="https://studio.co.uk">Studio</a> <a href="https://x.co">Blog</a> <a href="{}"></a>',
        'Tvorba webu: Studio Brno <a href="{}">f</a>',
        'Realizacja: <a href="https://studio.pl">Studio</a> <span><a href="{}">f</a></span>',
        'Разработка сайта: <a href="{}">Студия</a>',
        'Hemsida av <a href="{}">Byrån</a>',
    ],
)
def test_a_credit_holds_for_every_link_behind_it_in_its_line(credit: str) -> None:
    theirs, own = "https://www.facebook.com/studio", "https://www.facebook.com/acme.halle"

    assert read(f"<footer><div>{credit.format(theirs)}</div></footer>").social == {}
    assert read(f'<footer>{credit.format(theirs)}<br><a href="{own}">Facebook</a></footer>').social == {
        "facebook": (own,)
    }


def test_where_a_profile_is_named_like_the_site_others_of_its_network_are_not_its_own() -> None:
    facts = read(
        '<p><a href="https://x.com/acmewerke">Acme</a><a href="https://x.com/bo">x</a></p>'
        '<a href="https://www.facebook.com/halle7">f</a>'
    )

    assert facts.social == {
        "facebook": ("https://www.facebook.com/halle7",),
        "twitter": ("https://twitter.com/acmewerke",),
    }


@pytest.mark.parametrize(
    ("handle", "head"),
    [
        ("baeckereimuller", '<meta property="og:site_name" content="Bäckerei Müller">'),
        ("halle7official", "<title>Halle7 | Konzerte in Ulm</title>"),
        ("acme_werke_gmbh", ""),
    ],
)
def test_a_profile_may_bear_the_name_of_the_domain_the_site_or_its_title(handle: str, head: str) -> None:
    facts = read(f'<p><a href="https://x.com/{handle}">we</a> <a href="https://x.com/bo">x</a>', head=head)

    assert facts.social == {"twitter": (f"https://twitter.com/{handle}",)}


def test_the_frame_of_the_page_says_more_than_its_content() -> None:
    facts = read('<main><a href="https://x.com/bo">Bo</a></main><footer><a href="https://x.com/zk">x</a></footer>')

    assert facts.social == {"twitter": ("https://twitter.com/zk",)}


@pytest.mark.parametrize(
    "others",
    [
        "".join(f'<li><a href="https://x.com/{name}">x</a>' for name in ("bo", "cy", "di")),
        '<div class="team-member"><a href="https://x.com/bo">x</a></div>',
        '<blockquote>Great! <a href="https://x.com/bo">Bo</a></blockquote>',
        '<p>We met <a href="https://x.com/bo">Bo Miller</a> in Ulm.</p>',
        '<div class="c"><h3>Bo</h3><a href="https://x.com/bo">x</a></div><div class="c"><h3>Cy</h3></div>',
    ],
)
def test_people_in_the_content_are_others(others: str) -> None:
    own = '<footer><a href="https://www.facebook.com/halle7">Facebook</a></footer>'

    assert read(f"<main>{others}</main>{own}").social == {"facebook": ("https://www.facebook.com/halle7",)}


@pytest.mark.parametrize("label", ["Facebook", "f", "", "Folgen Sie uns auf Facebook", "<img src=f.png>"])
def test_an_icon_or_the_networks_name_in_the_content_leads_to_the_sites_own(label: str) -> None:
    own = f'<p>Kontakt <a href="https://www.facebook.com/halle7">{label}</a></p>'

    facts = read(f'<main>{own}</main><footer><a href="https://x.com/zk">x</a></footer>')

    assert facts.social["facebook"] == ("https://www.facebook.com/halle7",)


def test_many_profiles_of_one_network_in_the_content_are_nobodys() -> None:
    links = [f'<p><a href="https://x.com/{name}">x</a>' for name in ("bo", "cy", "di")]

    assert read("".join(links)).social == {}
    assert len(read("".join(links[:2])).social["twitter"]) == 2


def test_a_list_with_placeholders_is_the_themes() -> None:
    demo = "https://www.facebook.com/", "https://www.instagram.com/username", "https://x.com/themeguys"

    links = "".join(f'<li><a href="{href}">x</a></li>' for href in demo)

    assert read(f"<footer><ul>{links}</ul></footer>").social == {}


def test_a_parked_page_has_no_profiles() -> None:
    assert read('<p>This domain is for sale. <a href="https://x.com/broker">x</a>').social == {}


def test_a_group_counts_where_there_is_no_page() -> None:
    group = '<footer><a href="https://www.facebook.com/groups/verein1921/">Facebook</a></footer>'
    page = '<footer><a href="https://www.facebook.com/verein">Facebook</a></footer>'

    assert read(group).social == {"facebook": ("https://www.facebook.com/groups/verein1921",)}
    assert read(group + page).social == {"facebook": ("https://www.facebook.com/verein",)}


def test_the_profiles_of_an_author_or_a_product_are_not_the_sites() -> None:
    data = (
        '{"@graph":[{"@type":"Organization","name":"Acme","sameAs":"https://x.com/acme"},'
        '{"@type":"Article","author":{"@type":"Person","sameAs":["https://x.com/bo"]}},'
        '{"@type":"Product","brand":{"@type":"Organization","sameAs":["https://x.com/brand"]}}]}'
    )

    facts = read(f'<script type="application/ld+json">{data}</script>')

    assert facts.social == {"twitter": ("https://twitter.com/acme",)}


def test_the_profiles_of_the_person_whose_site_it_is_count() -> None:
    data = '{"@type":"Person","name":"Anna","sameAs":["https://www.linkedin.com/in/anna"]}'

    facts = read(f'<script type="application/ld+json">{data}</script>')

    assert facts.social == {"linkedin": ("https://www.linkedin.com/in/anna",)}


def test_a_written_address_counts_only_where_no_link_says_better() -> None:
    facts = read('<a href="https://x.com/acme">x</a> Quelle: twitter.com/other, www.instagram.com/acme.')

    assert facts.social == {
        "twitter": ("https://twitter.com/acme",),
        "instagram": ("https://www.instagram.com/acme",),
    }
