"""Whether a page is a site at all: parked domains, placeholders and error pages are told apart."""

import re

from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.titles import title

#: What only pages of parking services hold.
_PARKING_SERVICES = (
    "sedoparking.com", "parkingcrew.net", "bodis.com", "parklogic.com", "img.sedo.com", "afternic.com/forsale",
    "hugedomains.com/domain_profile", "dan.com/buy-domain", "undeveloped.com", "above.com/marketplace",
    "domainmarket.com/buynow", "d38psrni17bvxu.cloudfront.net", "window.park =",
)  # fmt: skip


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE)


_PARKED = _any_of(
    r"\bdomain(?: name)?\b.{0,80}\b(?:is|may be|might be) (?:parked|for sale|available for purchase)",
    r"\b(?:buy|acquire|purchase) this domain\b",
    r"\bdomain parking\b",
    r"\bparked (?:free|domain|by|page)\b",
    r"diese domain (?:steht|ist|kann|wurde).{0,60}\b(?:verkauf|geparkt|kaufen|registriert|erworben)",
    r"domain\b.{0,60}\bsteht zum verkauf",
    r"\bdomain kaufen\b",
    r"domain wurde (?:soeben|gerade|erfolgreich) ",
    r"ce (?:nom de )?domaine est (?:à vendre|en vente|réservé|parqué)",
    r"este dominio (?:está en venta|está a la venta|ha sido registrado)",
    r"ta domena jest na sprzedaż",
    r"domena (?:na sprzedaż|zaparkowana|została zarejestrowana)",
)
#: How the title of a placeholder begins.
_PLACEHOLDER_TITLE = _any_of(
    r"apache\d* .{0,30}default page",
    r"welcome to (?:nginx|openresty|centos|caddy)",
    r"(?:http server )?test page for|iis windows|it works|index of /|default (?:web )?(?:site )?page",
    r"plesk\b|hello world",
    r"site not published|web server's default page|just another wordpress site",
    r"(?:site |page )?under construction",
    r"(?:.{0,40} )?coming soon|in kürze|(?:seite |website )?im aufbau|baustelle|wartung|(?:site )?maintenance",
    r"(?:site )?en construction|(?:sitio )?en construcción|próximamente|(?:strona )?w budowie",
)
_PLACEHOLDER = _any_of(
    r"coming soon|under (?:construction|maintenance)|site is being (?:built|updated)|(?:launching|opening) soon",
    r"we'?ll be (?:right )?back soon|default (?:web )?page|it works!|index of /",
    r"site (?:is )?not (?:yet )?published|successfully installed",
    r"hier entsteht|in kürze (?:online|verfügbar)|im aufbau|wartungs(?:arbeiten|modus)",
    r"wird (?:gerade |derzeit )?(?:überarbeitet|gewartet)|(?:site|page) (?:est )?en (?:construction|maintenance)",
    r"bientôt (?:disponible|en ligne)|en construcción|en mantenimiento|próximamente|w (?:prze)?budowie",
    r"już wkrótce|prace konserwacyjne|準備中|工事中|建设中|в разработке|на реконструкции|сайт в процессе",
)
#: How the title of an error begins.
_ERROR_TITLE = _any_of(
    r"(?:error\s*)?(?:40[0-9]|410|429|50[0-9]|52[0-9])(?:$|\s*[-\u2013|:(]|\s+(?:error|not|page|seite))",
    r"(?:40[0-9]|50[0-9]) (?:forbidden|bad|service|unauthorized|internal|gateway)",
    r"(?:page |file |seite |site )?not found\b|forbidden$|access denied|bad gateway|internal server error",
    r"(?:service|temporarily) unavailable|account suspended|seite nicht gefunden|page (?:non trouvée|introuvable)",
    r"página no encontrada|nie znaleziono strony|error establishing a database connection|database error",
    r"just a moment\.\.\.|attention required! \| cloudflare|fatal error|bandwidth limit exceeded",
)
_ERROR_TEXT = _any_of(
    r"error establishing a database connection|this account has been suspended|account suspended|fatal error: ",
    r"there has been a critical error on this website|http error \d{3}",
    r"the requested url .{0,200}was not found on this server",
)
_SHORT, _VERY_SHORT = 1_500, 400


def page_kind(page: ParsedPage) -> str:
    """`site`, `parked`, `placeholder` or `error`; a page that says much is always a site."""
    if len(page.text) > _SHORT:
        return "site"
    text = " ".join(page.text.split())
    heading = title(page) or ""
    if _ERROR_TITLE.match(heading) or (len(text) < _VERY_SHORT and _ERROR_TEXT.search(text)):
        return "error"
    if (
        _PARKED.search(heading)
        or _PARKED.search(text)
        or any(service in page.html for service in _PARKING_SERVICES)
    ):
        return "parked"
    return "placeholder" if _is_placeholder(heading, text, page) else "site"


def _is_placeholder(heading: str, text: str, page: ParsedPage) -> bool:
    if _PLACEHOLDER_TITLE.match(heading):
        return True
    if len(text) < _VERY_SHORT and _PLACEHOLDER.search(text):
        return True
    return (
        not text
        and not heading
        and page.tree.css_first("script, frame, iframe, img, video, object, meta[http-equiv]") is None
    )
