import pytest

from tests.extracting.pages import read


@pytest.mark.parametrize(
    "body",
    [
        '<a href="mailto:info@firma.de">Mail</a>',
        '<a href="MAILTO:Info%40Firma.de?subject=a%40b">Mail</a>',
        '<a href="mailto:?to=info@firma.de&amp;subject=x">Mail</a>',
        '<a href="mailto:%20info@firma.de%20">Mail</a>',
        '<a href="mailto://info@firma.de">Mail</a>',
        '<a href="mailto: info@firma.de">Mail</a>',
        '<a href="mailto:Firma%20GmbH%20%3Cinfo@firma.de%3E">Mail</a>',
        '<a href="mailto:info(at)firma.de">Mail</a>',
        '<a href="&#109;&#97;i&#108;&#116;o&#58;%69%6e%66%6f&#64;f%69rm%61&#46;%64%65">x</a>',
        '<map name="m"><area shape="rect" href="mailto:info@firma.de" alt="Mail"></map>',
        '<form action="mailto:info@firma.de?subject=Anfrage" method="post"></form>',
        "<button onclick=\"location.href='mailto:info@firma.de?subject=x'\">Mail</button>",
        '<a href="#" data-email="info@firma.de">Mail</a>',
        "<span data-mail-to=info@firma.de>Mail</span>",
        '<button class="copy" data-clipboard-text="info@firma.de">copy</button>',
        '<img src="mail.png" alt="info@firma.de">',
        '<a href="/kontakt" title="E-Mail an info@firma.de">Mail</a>',
        '<input type="hidden" name="recipient" value="info@firma.de">',
        "<textarea readonly>info@firma.de</textarea>",
        "<noscript>Bitte an info@firma.de schreiben</noscript>",
        "<p>&#105;nfo&#64;firma&#46;de</p>",
        "<p>Kontakt:info@firma.de.Telefon</p>",
        "<p>Schreiben Sie an INFO@FIRMA.DE.</p>",
        "<p>Mail: &lt;info@firma.de&gt;</p>",
        "<p>(info@firma.de)</p>",
        "<p>E-Mail\u00a0info@firma.de|Tel. 030</p>",
        "<table><tr><td>Anna</td><td>info@firma.de</td><td>Tel</td></table>",
        '<script type="application/ld+json">{"@graph":[{"email":"mailto:info@firma.de"}]}</script>',
        (
            '<script type="application/ld+json">'
            '{"@type":"Store","contactPoint":[{"@type":"ContactPoint","email":["info@firma.de"]}]}</script>'
        ),
        '<meta itemprop="email" content="info@firma.de">',
        '<span itemprop="email">info@firma.de</span>',
        '<link itemprop="email" href="mailto:info@firma.de">',
        "<noframes><body>info@firma.de</body></noframes>",
        '<p class="vcard"><span class="email"><i class="type">Mail</i> <b class="value">info@firma.de</b></span>',
    ],
)
def test_an_address_is_found_wherever_it_stands(body: str) -> None:
    assert read(body).emails == ("info@firma.de",)


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="description" content="Malerei in Berlin, info@firma.de">',
        '<meta property="og:email" content="info@firma.de">',
        '<meta property="business:contact_data:email" content="info@firma.de">',
        '<meta http-equiv="reply-to" content="info@firma.de">',
    ],
)
def test_the_head_may_name_an_address(head: str) -> None:
    assert read(head=head).emails == ("info@firma.de",)


@pytest.mark.parametrize(
    "body",
    [
        "<p><span>info</span><span>@</span><span>firma.de</span></p>",
        "<p><span>info</span> <span>@</span> <span>firma.de</span></p>",
        "<p>info@<b>firma.de</b></p>",
        "<p>info<!-- x -->@firma.de</p>",
        "<p>info<!-- x -->@<!-- y -->firma<!-- z -->.<!-- a -->de</p>",
        "<p>in\u200bfo@fir\u00adma.de</p>",
        "<p>in<wbr>fo@fir<wbr/>ma.<wbr>de</p>",
        "<p>info@firma<span>.de</span></p>",
        "<p>info@firma.<span>de</span></p>",
        '<p>info<span style="display:none">null</span>@firma.de</p>',
    ],
)
def test_an_address_is_put_together_from_its_pieces(body: str) -> None:
    assert read(body).emails == ("info@firma.de",)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("u003einfo@firma.de", "info@firma.de"),
        ("%20info@firma.de", "info@firma.de"),
        ("040123456info@firma.de", "info@firma.de"),
        ("E-Mailinfo@firma.de", "info@firma.de"),
        ("info@firma.deTelefon: 030", "info@firma.de"),
        ("info@firma.detel. 030", "info@firma.de"),
        ("INFO@FIRMA.DETelefon", "info@firma.de"),
        ("info@firma.de030 1234", "info@firma.de"),
        ("info@firma.comPhone", "info@firma.com"),
        ("info@firma.de.Es gilt", "info@firma.de"),
        ("info@firma.co.uk.", "info@firma.co.uk"),
        ("Info@MeineFirma.De", "info@meinefirma.de"),
        ("邮箱info@firma.cn联系", "info@firma.cn"),
        ("メールinfo@firma.jpまで", "info@firma.jp"),
        ("info\uff20firma\uff0ejp", "info@firma.jp"),
        ("ｉｎｆｏ＠ｆｉｒｍａ．ｊｐ", "info@firma.jp"),  # noqa: RUF001 - as Japanese pages write it
        ("info@firma\u3002jp", "info@firma.jp"),
        ("почта:info@firma.ru.", "info@firma.ru"),
        ("anna.o'brien@firma.ie", "anna.o'brien@firma.ie"),
        ("anna+news_1@mail.firma.de", "anna+news_1@mail.firma.de"),
        ("büro@firma.de", "büro@firma.de"),
        ("kontakt/info@firma.de", "info@firma.de"),
        ("mail=info@firma.de&x=1", "info@firma.de"),
    ],
)
def test_what_is_glued_to_an_address_is_no_part_of_it(text: str, address: str) -> None:
    assert read(f"<p>{text}</p>").emails == (address,)


def test_a_mailto_link_may_name_several() -> None:
    facts = read('<a href="mailto:a@firma.de,b%40firma.de?cc=c@firma.de&bcc=d@firma.de&body=e@firma.de">x</a>')

    assert facts.emails == ("a@firma.de", "b@firma.de", "c@firma.de", "d@firma.de")


@pytest.mark.parametrize(
    "body",
    [
        "logo@2x.png",
        "bild@firma.de.jpg",
        "48.1371@27.42",
        "7f3a9c0e2b4d4f6a8b0c1d2e3f4a5b6c@o12345.ingest.sentry.io",
        "d41d8cd98f00b204e9800998ecf8427e@firma.de",
        "follow @firma.de",
        "follow us @ firma.de",
        "<b>Instagram</b><a>@cafe.berlin</a>",
        "<b>Instagram</b> @cafe.berlin",
        "@anna@mastodon.social",
        "a@b",
        "info@firma.nosuchtld",
        "info@-firma.de",
        "npm i vue@2.6.11 react@18",
        "git@github.com:firma/code.git",
        "git clone deploy@server.firma.de:code/app.git",
        "ssh://deploy@server.firma.de/code",
        "https://anna:secret@firma.de/",
        "https://medium.com/@anna.muster",
        "stay-at-home.de",
        "we met at the dot of noon",
        "Find us at firma.de today",
        "foto_a_haus.de",
        "<!-- info@firma.de -->",
        '<img src="/bild@firma.de/x">',
        '<img srcset="foto@2x.jpg 2x">',
        '<input placeholder="anna@firma.de">',
        '<a href="https://firma.de/?user=anna@firma.de">profile</a>',
        '<script src="https://cdn.firma.de/npm/swiper@firma.de/x.js"></script>',
        "<script>var x='spam@firma.de'</script><style>/* css@firma.de */</style>",
    ],
)
def test_what_only_looks_like_an_address_is_left_out(body: str) -> None:
    assert read(f"<p>{body}</p>").emails == ()


@pytest.mark.parametrize(
    "text",
    [
        "user@example.com",
        "name@example.org",
        "info@yoursite.com",
        "your@email.com",
        "name@domain.com",
        "name@yourdomain.com",
        "youremail@gmail.com",
        "you@company.com",
        "john@doe.com",
        "info@mysite.com",
        "hello@reallygreatsite.com",
        "max.mustermann@beispiel.de",
        "name@ihre-domain.de",
        "vorname.nachname@web.de",
        "votre.email@domaine.fr",
        "tu@correo.com",
        "imie.nazwisko@firma.pl",
        "nome.cognome@esempio.it",
        "naam@voorbeeld.nl",
    ],
)
def test_placeholders_are_nobodys_address(text: str) -> None:
    assert read(f"<p>{text}</p>").emails == ()


@pytest.mark.parametrize("text", ["example.exhibitions@firma.de", "info@gmail.com", "john.doe@acme-werke.de"])
def test_what_only_resembles_a_placeholder_is_kept(text: str) -> None:
    assert read(f"<p>{text}</p>").emails == (text,)


def test_the_owner_of_a_placeholder_domain_may_use_it() -> None:
    assert read("info@domain.com", url="https://domain.com/").emails == ("info@domain.com",)


def test_a_site_without_a_public_suffix_may_use_its_own_name() -> None:
    assert read("it@intranet.corp, x@other.corp", url="http://intranet.corp/").emails == ("it@intranet.corp",)


@pytest.mark.parametrize(
    "script",
    [
        '{"props":{"email":"info@acme-werke.de"}}',
        'self.push([1,"{\\"contactEmail\\":\\"info@acme-werke.de\\"}"])',
        '{"href":"mailto:info@acme-werke.de"}',
    ],
)
def test_the_data_of_a_script_holds_addresses_of_the_site(script: str) -> None:
    assert read(f"<script>{script}</script>").emails == ("info@acme-werke.de",)


@pytest.mark.parametrize(
    "script",
    [
        '{"email":"author@theme-maker.com"}',
        '{"placeholder":"name@acme-werke.de"}',
        '{"dsn":"https://abc@acme-werke.de/1"}',
    ],
)
def test_other_data_of_scripts_is_not_the_sites_word(script: str) -> None:
    assert read(f"<script>{script}</script>").emails == ()


def test_the_sites_own_domain_comes_first() -> None:
    facts = read("<p>acme@gmail.com agentur@web-agentur.com info@acme-werke.de</p>")

    assert facts.emails == ("info@acme-werke.de", "acme@gmail.com", "agentur@web-agentur.com")


def test_an_address_stands_there_once() -> None:
    assert read('<a href="mailto:Info@Firma.de">info@firma.de</a> INFO@firma.de').emails == ("info@firma.de",)


def test_a_domain_may_be_international() -> None:
    assert read("info@müller-bäckerei.de, office@xn--mller-kva.de").emails == (
        "info@müller-bäckerei.de",
        "office@müller.de",
    )
    assert read("info@почта.рф").emails == ("info@почта.рф",)


def test_no_more_than_a_hundred_are_kept() -> None:
    assert len(read(" ".join(f"a{n}@firma.de" for n in range(500))).emails) == 100


@pytest.mark.parametrize(
    "local",
    [
        "first.last",
        "vorname.nachname",
        "prenom.nom",
        "imie.nazwisko",
        "nombre.apellido",
        "fornavn.etternavn",
        "ad.soyad",
    ],
)
def test_a_pattern_of_names_is_no_address_at_the_sites_own_domain_either(local: str) -> None:
    assert read(f"<p>{local}@firma.de</p>", url="https://firma.de/").emails == ()


@pytest.mark.parametrize(
    "text", ["git clone deploy@firma.de:22.git", "push hook@firma.de:shop.git now", "ann@acme.org"]
)
def test_a_store_of_source_code_and_the_firm_of_tutorials_have_no_address(text: str) -> None:
    assert read(f"<p>{text}</p>").emails == ()


def test_a_sample_of_source_code_holds_addresses_of_the_site_only() -> None:
    body = "<pre><code>send(<b>'bob@builder.de'</b>, 'api@firma.de')</code></pre><pre>eve@firma.net</pre>"

    assert read(body, url="https://firma.de/").emails == ("api@firma.de", "eve@firma.net")
