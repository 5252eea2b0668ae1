"""The site's own profiles in social networks: found, and told from those of others."""

from batchscrape.extracting.page import ParsedPage
from batchscrape.extracting.social.names import Likeness
from batchscrape.extracting.social.networks import NETWORKS
from batchscrape.extracting.social.places import Place, demo_links, place_of
from batchscrape.extracting.social.profiles import profile_at
from batchscrape.extracting.social.sources import linked_addresses, stated_addresses, written_addresses

_MOST = 20
#: So many profiles of one network in the content are a list of others.
_MANY = 3


class _Found:
    """Network → its profiles in lower case → each as it is written, with the best place that it has."""

    def __init__(self, page: ParsedPage) -> None:
        self._host = page.host
        self._is_like = Likeness(page)
        self.profiles: dict[str, dict[str, tuple[str, Place]]] = {}

    def add(self, network: str, url: str, place: Place) -> None:
        """Keep a profile, at the best of its places; one that is named like the site needs no other."""
        if self._is_like(url):
            place = Place.NAMED
        known = self.profiles.setdefault(network, {})
        written, best = known.get(url.casefold(), (url, place))
        if len(known) < _MOST or url.casefold() in known:
            known[url.casefold()] = written, max(best, place)

    def is_named_like_host(self, url: str) -> bool:
        """Whether it bears the domain's name: then it is the site's wherever it stands."""
        return self._is_like.host(url)


def social(page: ParsedPage) -> dict[str, tuple[str, ...]]:
    """Network → addresses of profiles; those of other people, posts and the theme's maker are left out."""
    profiles = _all_profiles(page)
    if not profiles:
        return {}
    best = max(place for known in profiles.values() for _, place in known.values())
    own = {network: _own(network, list(known.values()), best) for network, known in profiles.items()}
    return {network: tuple(own[network]) for network in NETWORKS if own.get(network)}


def _all_profiles(page: ParsedPage) -> dict[str, dict[str, tuple[str, Place]]]:
    found = _Found(page)
    demo = demo_links(page)
    for address, node in linked_addresses(page):
        if (profile := profile_at(address, page.host)) is None:
            continue
        place = Place.LABELLED if node is None else place_of(node)
        if found.is_named_like_host(profile[1]):
            place = Place.NAMED
        if place is not Place.STRANGER and (place is Place.NAMED or node is None or node.mem_id not in demo):
            found.add(*profile, place)
    for address in stated_addresses(page, with_scripts=not found.profiles):
        if profile := profile_at(address, page.host):
            found.add(*profile, Place.STATED)
    linked = frozenset(found.profiles)
    for address in written_addresses(page):
        if (profile := profile_at(address, page.host)) and profile[0] not in linked:
            found.add(*profile, Place.LABELLED)
    return found.profiles


def _own(network: str, profiles: list[tuple[str, Place]], best_of_page: Place) -> list[str]:
    """The site's own of one network's; groups only where there is nothing else; any number of WhatsApp."""
    if network == "whatsapp":
        return [url for url, _ in profiles]
    groups = [profile for profile in profiles if "/groups/" in profile[0]]
    others = [profile for profile in profiles if profile not in groups]
    return _best(others, best_of_page) or _best(groups, best_of_page)


def _best(profiles: list[tuple[str, Place]], best_of_page: Place) -> list[str]:
    """Those at the best of their places, where these tell that they are the site's."""
    best = max((place for _, place in profiles), default=Place.CONTENT)
    if best > Place.LABELLED:
        least = Place.STATED if best is Place.NAMED else Place.FRAME
        return [url for url, place in profiles if place >= least]
    urls = [url for url, place in profiles if place is best]
    if best is Place.LABELLED and best_of_page < Place.FRAME:
        return urls if len(urls) < _MANY else []
    return urls if len(urls) == 1 and best in (Place.LABELLED, best_of_page) else []
