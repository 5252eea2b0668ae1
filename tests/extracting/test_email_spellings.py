import pytest

from tests.extracting.pages import read


@pytest.mark.parametrize(
    "text",
    [
        "info [at] firma [dot] de",
        "info[at]firma.de",
        "info(at)firma.de",
        "info (at) firma (dot) de",
        "info {at} firma {dot} de",
        "info &lt;at&gt; firma.de",
        "info |at| firma.de",
        "info*at*firma.de",
        "info_at_firma.de",
        "info#at#firma.de",
        "info -at- firma -dot- de",
        "info [AT] firma [DOT] de",
        "info AT firma DOT de",
        "info AT firma.de",
        "info (a) firma . de",
        "info [ät] firma.de",
        "info (ät) firma (punkt) de",
        "info {ät} firma {punkt} de",
        "info [at-Zeichen] firma.de",
        "info (Klammeraffe) firma.de",
        "info [arroba] firma [punto] de",
        "info (arroba) firma (ponto) de",
        "info (arobase) firma (point) de",
        "info [chez] firma.de",
        "info [małpa] firma [kropka] de",
        "info (malpa) firma.de",
        "info (chiocciola) firma (punto) de",
        "info [apenstaartje] firma [punt] de",
        "info (zavináč) firma (tečka) de",
        "info [kukac] firma [pont] de",
        "info [snabel-a] firma.de",
        "info (собака) firma (точка) de",
        "info【at】firma.de",
        "info\uff08at\uff09firma.de",
        "info\uff3bat\uff3dfirma.de",
        "info(アットマーク)firma.de",
        "info★firma.de \uff08★を\uff20に変えてください\uff09",
        "info#firma.de (请将#替换为@)",
        "info [@] firma.de",
        "info @ firma.de",
        "info@ firma.de",
        "info@firma . de",
        "E-Mail: info @ firma.de",
        "<span>info</span>[at]<span>firma</span>[dot]<span>de</span>",
        "Write to info at firma dot de today",
    ],
)
def test_an_address_may_be_spelled_out(text: str) -> None:
    assert read(f"<p>{text}</p>").emails == ("info@firma.de",)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "info ät firma punkt de"),
        ("fr", "info arobase firma point de"),
        ("es", "info arroba firma punto de"),
        ("it", "info chiocciola firma punto de"),
        ("pt-BR", "info arroba firma ponto de"),
        ("pl", "info małpa firma kropka de"),
        ("nl", "info apenstaartje firma punt de"),
        ("cs", "info zavináč firma tečka de"),
        ("hu", "info kukac firma pont de"),
        ("ru", "info собака firma точка de"),
        ("es", "info ARROBA firma PUNTO de"),
        ("it", "PEC: info chiocciola firma.de"),
    ],
)
def test_bare_words_are_read_in_the_pages_language(tag: str, text: str) -> None:
    assert read(f"<p>{text}</p>", html=f'<html lang="{tag}">').emails == ("info@firma.de",)


def test_a_name_with_a_dot_may_stand_off_from_its_sign() -> None:
    assert read("<p>anna.muster @ firma.de</p>").emails == ("anna.muster@firma.de",)


@pytest.mark.parametrize(
    "text",
    ["See (a) below.", "Meet (at) the bar.", "f(at) = 1.de", "we look at dot com shares", "x_at_y", "Punkt (at)"],
)
def test_words_in_brackets_alone_are_no_address(text: str) -> None:
    assert read(f"<p>{text}</p>").emails == ()


@pytest.mark.parametrize(
    "text",
    [
        "anna <span>at</span> firma <i>dot</i> de",
        "anna [кльомба] firma.de",
        "anna (маймунка) firma.de",
        '<b>anna</b><img src="/a.gif" alt="at"><b>firma</b>.de',
        '<i>anna</i> <img alt="@" src="/a.gif"> <i>firma<u> [dot] </u>de</i> (Anna)',
    ],
)
def test_an_at_sign_may_be_an_element_or_a_picture(text: str) -> None:
    assert read(f"<p>{text}</p>").emails == ("anna@firma.de",)


def test_any_name_may_stand_off_from_the_sites_own_domain() -> None:
    facts = read("<p>spielplatz @ firma.de, morgen @ bahnhof.de</p>", url="https://firma.de/")

    assert facts.emails == ("spielplatz@firma.de",)
