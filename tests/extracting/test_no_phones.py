import pytest

from tests.extracting.pages import read


@pytest.mark.parametrize(
    "text",
    [
        "Am 12.03.2024 um 10:30",
        "Tel. Beratung am 12.03.2024",
        "Telefonisch erreichbar 8.00 - 18.00 Uhr",
        "Telefon: Mo-Fr 08:00-18:00",
        "2024-03-12",
        "2024/03/12 10:30",
        "Call: 01.02.2024",
        "12/31/2024",
        "seit 1998 2003",
        "Copyright 2019 - 2024",
        "© 1998\u20132024 Acme",
        "Preis: 1.299.000,00 €",
        "0123 456 78 €",
        "EUR 030 123456",
        "$ 212 736 5000",
        "Kč 601 123 456",
        "ISBN 978-3-16-148410-0",
        "EAN 4006381333931",
        "Artikelnummer 03012345678",
        "Art.-Nr. 030 12345678",
        "Bestellnummer: 030-12345678",
        "Kundennummer 030 1234567",
        "Sendungsnummer 00340434161094042557",
        "USt-IdNr. DE123456789",
        "St.-Nr. 030 123 45678",
        "Steuernummer: 12/345/67890",
        "Finanzamt Berlin, Steuernummer 030/123/45678",
        "IBAN DE89 3704 0044 0532 0130 00",
        "BLZ 100 500 00, Konto 030 1234567",
        "Handelsregister HRB 12345678",
        "10115 Berlin",
        "D-10115 Berlin, Hauptstr. 12-14",
        "Postfach 03 01 23",
        "Öffnungszeiten: 08:00-18:00",
        "Öffnungszeiten: 08.00-12.00 und 13.00-18.00",
        "+100 000 000 Besucher",
        "+1 +1 +1",
        "Call 123456789",
        "Tel. 000 000 0000",
        "Phone: 123-456-7890",
        "52.520008, 13.404954",
        "GPS 52.520008 13.404954",
        "192.168.178.001",
        "Version 10.0.19045.3803",
        "https://firma.de/tel/03012345678.html",
        "?id=03012345678",
        "#03012345678",
        "bild_03012345678",
        "DE03012345678",
        "03012345678",
        "Raum 030 12345678 im Lager",
        "3,5 x 030 123456 mm",
        "Patent 030 1234567",
        "Die 2.000.000 Kunden",
        "Street: 51 Franklin, Boston, MA 02110-1301",
        "Kontakt: 7f 45 4c 46 02 01 01 00 00",
        "+35236450.6 mal info@firma.de",
        "info@firma.de 030 707",
        "info@firma.de, AZ 022.31-4411/23",
        "info@firma.de <p>Sportamt-Nr. 03375 8844</p>",
        "info@firma.de No. 030 12345678",
        "info@firma.de N° 030 12345678",
        "info@firma.de № 030 12345678",
        "info@firma.de IBAN CH93 0076 2011 6238 5295 7",
        "info@firma.de NL91 ABNA 0417 1643 00",
        '<pre><code>send("+4930123456")</code></pre>',
        '<div class="highlight"><pre>send(<span>"+4930123456"</span>)</pre></div>',
    ],
)
def test_dates_prices_and_ids_are_no_numbers(text: str) -> None:
    assert read(f"<p>{text}</p>").phones == ()


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("NIP 525-123-45-67, REGON 012345678", "pl"),
        ("KRS 0000123456", "pl"),
        ("Konto: 61 1090 1014 0000 0712 1981 2874", "pl"),
        ("SIRET 552 081 317 00013", "fr"),
        ("SIREN 552 081 317 RCS Paris", "fr"),
        ("TVA FR 40 303 265 045", "fr"),
        ("CIF B-12345678", "es"),
        ("NIF: 912 345 678", "es"),
        ("P. IVA 06123456789", "it"),
        ("Cod. Fisc. e Partita IVA 06123456789", "it"),
        ("ИНН 7701234567, КПП 770101001, ОГРН 1027700132195", "ru"),
        ("р/с 40702810907180003421", "ru"),  # noqa: RUF001 - an account
        ("CNPJ 12.345.678/0001-95", "com.br"),
        ("CEP 80230-010", "com.br"),
        ("ABN 12 345 678 901", "com.au"),
        ("VAT 123 4567 89, Company No. 01234567", "co.uk"),
        ("KvK 01234567, BTW NL001234567B01", "nl"),
        ("Org.nr. 556123-4567", "se"),
        ("Org.nr. 918 844 177 MVA", "no"),
        ("CVR 32 12 34 56", "dk"),
        ("IČO: 224 123 456", "cz"),
        ("〒100-0001", "jp"),
        ("登録番号 T1234567890123", "jp"),
        ("统一社会信用代码\uff1a91110108551385082Q", "cn"),
        ("邮编\uff1a325024", "cn"),
        ("京ICP备05012345号", "cn"),
        ("사업자등록번호 123-45-67890", "co.kr"),
        ("1 234 567 visiteurs", "fr"),
        ("Order no. 212-736-5000", "com"),
        ("6202-2RSH 617-884-2210 $4.62", "com"),
        ("ZIP 10115-1234", "com"),
        ("Kod produktu: 601-123-456", "pl"),
        ("Cod produs: 0744-441-122", "ro"),
        ("Код товару: 067-441-1122", "ua"),
        ("חשבונית 04-2024-118", "co.il"),
        ("Cikkszám: 06 1 441 1122", "hu"),
        ("Tracking 1Z 999 AA1 01 2345 6784", "com"),
    ],
)
def test_registers_and_accounts_of_all_countries_are_no_numbers(text: str, domain: str) -> None:
    assert read(f"<p>info@acme.{domain} {text}</p>", url=f"https://acme.{domain}/").phones == ()


@pytest.mark.parametrize(
    "body",
    [
        '<a href="tel:">x</a>',
        '<a href="tel:#">x</a>',
        '<a href="tel:1234567890">x</a>',
        '<a href="tel:+1234567890">x</a>',
        '<a href="tel:0000000000">x</a>',
        '<a href="tel:12">x</a>',
        '<script>var tel = "030 12345678";</script>',
        "<!-- Tel. 030 12345678 -->",
        '<input type="tel" placeholder="030 12345678">',
        '<div data-id="03012345678" style="width:030 12345678px"></div>',
        '<script type="application/ld+json">{"telephone":null,"faxNumber":true}</script>',
    ],
)
def test_what_a_page_does_not_show_is_no_number(body: str) -> None:
    assert read(body).phones == ()


def test_a_number_that_is_named_as_something_else_is_kept_where_it_is_linked() -> None:
    assert read('Kundennummer <a href="tel:03012345678">030 12345678</a>').phones == ("+493012345678",)
