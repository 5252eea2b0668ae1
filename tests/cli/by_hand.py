"""Small sites written by hand, and the facts that a careful person would note of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.web import answer


@dataclass(frozen=True)
class Site:
    pages: Mapping[str, str | bytes]
    facts: Mapping[str, Any]


def in_charset(html: str, charset: str, *, header: bool = False) -> bytes:
    """A page in a character set that its header, or only its <meta>, tells."""
    return answer(html.encode(charset), content_type=f"text/html; charset={charset}" if header else "text/html")


_NETWORKS = {
    "facebook": ("https://www.facebook.com/lindenhof.demo", "https://www.facebook.com/sharer/sharer.php?u=x"),
    "twitter": ("https://twitter.com/lindenhofdemo", "https://twitter.com/intent/tweet?text=x"),
    "linkedin": ("https://www.linkedin.com/company/lindenhof-demo", "https://www.linkedin.com/shareArticle?url=x"),
    "instagram": ("https://www.instagram.com/lindenhofdemo", "https://www.instagram.com/p/C0ffee"),
    "youtube": ("https://www.youtube.com/@lindenhofdemo", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    "tiktok": ("https://www.tiktok.com/@lindenhofdemo", "https://www.tiktok.com/@lindenhofdemo/video/1"),
    "pinterest": ("https://www.pinterest.com/lindenhofdemo", "https://www.pinterest.com/pin/create/button/?url=x"),
    "github": ("https://github.com/lindenhof-demo", "https://github.com/features"),
    "whatsapp": ("https://wa.me/493023125042", "https://api.whatsapp.com/send?text=x"),
    "telegram": ("https://t.me/lindenhofdemo", "https://t.me/share/url?url=x"),
    "xing": ("https://www.xing.com/companies/lindenhofdemo", "https://www.xing.com/spi/shares/new?url=x"),
}
_LINKS = "".join(f'<a href="{url}">x</a>' for pair in _NETWORKS.values() for url in pair)

#: `post@lindenhof-demo.de`, each byte XORed with the first.
_PROTECTED = "42" + bytes(byte ^ 0x42 for byte in b"cf@lindenhof-demo.de").hex()

BY_HAND = (
    Site(
        {"/": f'<html lang="de"><title>Lindenhof</title>{_LINKS}'},
        {"language": "de", "social": {name: [profile] for name, (profile, _) in _NETWORKS.items()}},
    ),
    Site(
        {
            "/": '<html lang="de"><title>Kontakt</title>'
            '<a href="mailto:info%40lindenhof-demo.de?subject=Frage">Mail</a>'
            "<p>presse [at] lindenhof-demo [punkt] de"
            f'<p><a class="__cf_email__" data-cfemail="{_PROTECTED}">[email&#160;protected]</a>'
            "<p>&#x6b;asse&#64;lindenhof-demo.de"
            '<script type="application/ld+json">{"@type": "Hotel", "email": "json@lindenhof-demo.de"}</script>'
            '<img src="logo@2x.png"> <p>user@example.com'
        },
        {
            "title": "Kontakt",
            "emails": [
                "info@lindenhof-demo.de",
                "cf@lindenhof-demo.de",
                "json@lindenhof-demo.de",
                "presse@lindenhof-demo.de",
                "kasse@lindenhof-demo.de",
            ],
        },
    ),
    Site(
        {"/": in_charset('<html lang="de"><title>Größe für Bäcker</title>', "iso-8859-1", header=True)},
        {"title": "Größe für Bäcker", "language": "de"},
    ),
    Site(
        {"/": in_charset('<html lang="ru"><meta charset="windows-1251"><title>Пекарня</title>', "windows-1251")},
        {"title": "Пекарня", "language": "ru"},
    ),
    Site(
        {"/": in_charset('<html lang="ja"><meta charset="shift_jis"><title>川蝉荘の宿</title>', "shift_jis")},
        {"title": "川蝉荘の宿", "language": "ja"},
    ),
    Site(
        {"/": in_charset('<html lang="zh-cn"><meta charset="gb2312"><title>北京面包店</title>', "gbk")},
        {"title": "北京面包店", "language": "zh-CN"},
    ),
    Site(
        {"/": in_charset('<html lang="ko"><meta charset="euc-kr"><title>서울 빵집</title>', "euc-kr")},
        {"title": "서울 빵집", "language": "ko"},
    ),
    Site(
        {
            "/": answer(
                "\ufeff<html lang=fr><title>Boulangerie Élysée</title>".encode("utf-16-le"), content_type=None
            )
        },
        {"title": "Boulangerie Élysée", "language": "fr"},
    ),
)
