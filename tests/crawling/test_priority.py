"""Which pages come first."""

# ruff: noqa: RUF001 - words of many alphabets

import time

import pytest

from batchscrape.crawling.links import Link
from batchscrape.crawling.priority import Tier, language_of, rank


def tier(path: str, text: str = "") -> Tier:
    return rank(Link(f"https://one.example/{path}", text))[0]


@pytest.mark.parametrize(
    "path",
    [
        "contact", "contact-us.html", "contacts", "Kontakt/", "kontakt.php", "impressum", "imprint", "contacto",
        "contatti", "contato/", "en/contact", "mentions-legales", "mentionslegales", "aviso_legal",
        "note-legali", "fale-conosco", "company/get-in-touch", "colofon",
        "impressum.html", "de/kontakt", "kontaktformular", "contact_us.php", "ContactUs.aspx", "inquiry/",
        "yhteystiedot", "kapcsolat", "avis-legal", "impresum", "tokushoho", "o-firmie/kontakt", "kontaktai",
        "%D0%BA%D0%BE%D0%BD%D1%82%D0%B0%D0%BA%D1%82%D1%8B",
        "%E3%81%8A%E5%95%8F%E3%81%84%E5%90%88%E3%82%8F%E3%81%9B",
    ],
)  # fmt: skip
def test_a_path_tells_of_contacts(path: str) -> None:
    assert tier(path) == Tier.CONTACT


@pytest.mark.parametrize(
    "text",
    [
        "Contact", "Contact us", "Kontakt", "Impressum", "Mentions légales", "MENTIONS LÉGALES", "Contacto",
        "Aviso legal", "Contatti", "お問い合わせ", "お問合せ", "Контакты", "联系我们", "聯絡我們", "문의하기",
        "İletişim", "Επικοινωνία", "צור קשר", "اتصل بنا", "Liên hệ", "Nous écrire",
        "Kontakta oss", "Ota yhteyttä", "Elérhetőségek", "Контакти", "Зв'язок", "Künye", "Bize ulaşın", "連絡先",
        "特定商取引法に基づく表記", "오시는 길", "ติดต่อเรา", "Hubungi kami", "تماس با ما", "संपर्क करें",
        "Contactez-nous",
        "Scrivici", "Dane kontaktowe", "Enquiries", "Hafa samband", "Impresszum", "Contacteer ons", "联络我们",
    ],
)  # fmt: skip
def test_a_link_text_tells_of_contacts(text: str) -> None:
    assert tier("p1", text) == Tier.CONTACT


@pytest.mark.parametrize(
    "text",
    [
        "About us", "Über uns", "Ueber uns", "O nas", "Chi siamo", "Over ons", "Qui sommes-nous ?", "À propos",
        "Team", "Quiénes somos", "Sobre nosotros", "Quem somos", "会社概要", "О компании", "О нас", "关于我们",
        "關於我們", "회사소개", "Hakkımızda", "Om oss", "Zespół", "Unternehmen",
        "Om os", "Rólunk", "Wir über uns", "Öffnungszeiten", "Kundenservice", "Our story", "L'entreprise",
        "Dove siamo",
        "Dónde estamos", "Qui som", "Apie mus", "Par mums", "Про нас", "За нас", "Ποιοι είμαστε", "אודות",
        "درباره ما",
        "Tentang kami", "Giới thiệu", "アクセス", "企業情報", "公司簡介", "เกี่ยวกับเรา", "Mitarbeiter",
        "Medarbejdere",
    ],
)  # fmt: skip
def test_a_link_text_tells_of_the_people(text: str) -> None:
    assert tier("p1", text) == Tier.ABOUT


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("contact-lenses", "Contact lenses"),
        ("kontaktlinsen", "Kontaktlinsen"),
        ("contactless-payment", "Contactless"),
        ("contact-grill", "Contact grill"),
        ("products/nasal-spray", "Nasal spray"),
        ("research", "Research"),
        ("accountants", "For accountants"),
        ("blog/how-we-found-a-way-to-contact-aliens", ""),
        ("p1", "Why you should contact your dentist before it is too late"),
        ("2024/05/12/a-title", "A title"),
        ("produkte", "Produkte"),
    ],
)
def test_other_pages_only_look_like_it(path: str, text: str) -> None:
    assert tier(path, text) == Tier.OTHER


@pytest.mark.parametrize(
    "path",
    [
        "login", "log-in/", "wp-login.php", "cart", "warenkorb", "checkout", "my-account", "calendar",
        "calendar/2031/04", "events/?month=4", "2024/05/", "2024/05/12/", "2024-05-01", "archive/2024-05",
        "tag/contact", "search?q=contact", "feed", "rss", "page/3", "?paged=2", "shop?orderby=1&sort=x",
        "post?replytocom=5",
    ],
)  # fmt: skip
def test_what_is_endless_or_closed_comes_last(path: str) -> None:
    assert tier(path) == Tier.LAST


def test_the_shallow_come_before_the_deep_within_a_tier() -> None:
    paths = ["", "a", "a/", "a?b=1", "a/b", "a/b/c?d=1"]

    assert [rank(Link(f"https://one.example/{path}", ""))[2] for path in paths] == [0, 0, 0, 1, 1, 3]


def test_contacts_come_before_people_before_the_rest() -> None:
    assert sorted([tier("x"), tier("login"), tier("privacy"), tier("team"), tier("kontakt")]) == [
        tier("kontakt"), tier("team"), tier("privacy"), tier("x"), tier("login"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("https://one.example/en/contact", "en"),
        ("https://one.example/de-at/", "de"),
        ("https://one.example/pt_BR", "pt"),
        ("https://one.example/FR/?x=1", "fr"),
        ("https://en.one.example/contact", "en"),
        ("https://one.example/contact?lang=es", "es"),
        ("https://one.example/contact?a=1&hl=ja-JP", "ja"),
        ("https://one.example/", None),
        ("https://one.example/contact", None),
        ("https://one.example/entry/", None),
        ("https://one.example/us/", None),
        ("https://one.example/products/it/", None),
        ("https://de.example/", None),
        ("https://one.example/?lang=english", None),
    ],
)
def test_an_address_names_its_language(url: str, language: str | None) -> None:
    assert language_of(url) == language


def test_pages_in_the_language_of_the_start_page_come_first() -> None:
    paths = ["fr/contact", "en/contact", "fr/a", "team", "en/team", "fr/privacy", "en/privacy", "en/a", "fr/login"]
    ranked = sorted(paths, key=lambda path: rank(Link(f"https://one.example/{path}", ""), "fr"))

    assert ranked == [
        "fr/contact", "team", "fr/privacy", "en/contact", "en/team", "en/privacy", "fr/a", "en/a", "fr/login",
    ]  # fmt: skip


def test_without_a_language_none_comes_first() -> None:
    assert rank(Link("https://one.example/fr/contact", "")) == rank(Link("https://one.example/en/contact", ""))


@pytest.mark.parametrize("part", ["a-", "/", "en/", "?lang=", "kontakt ", "%C3%BC", "問"])
def test_no_link_costs_more_than_its_length(part: str) -> None:
    began = time.perf_counter()

    for _ in range(100):
        rank(Link(f"https://one.example/{part * 500}", part * 500), "en")

    assert time.perf_counter() - began < 2
