"""Who runs the site, and where: from JSON-LD, microdata or `<address>`."""

import re
from typing import Any

from selectolax.lexbor import LexborNode

from batchscrape.extracting import json_ld
from batchscrape.extracting.page import SEPARATOR, ParsedPage
from batchscrape.extracting.words import words

ORGANIZATIONS = words(
    "Organization Corporation LocalBusiness NGO EducationalOrganization School CollegeOrUniversity "
    "MedicalOrganization GovernmentOrganization NewsMediaOrganization OnlineBusiness OnlineStore "
    "SportsOrganization ProfessionalService LegalService Attorney Notary AccountingService FinancialService "
    "InsuranceAgency RealEstateAgent Restaurant CafeOrCoffeeShop BarOrPub Bakery FoodEstablishment Hotel "
    "LodgingBusiness BedAndBreakfast Hostel Campground Store ClothingStore ElectronicsStore FurnitureStore "
    "HardwareStore JewelryStore BookStore Florist GroceryStore AutoDealer AutoRepair AutomotiveBusiness "
    "HomeAndConstructionBusiness Electrician Plumber HVACBusiness RoofingContractor GeneralContractor "
    "HousePainter Locksmith MovingCompany Dentist Physician MedicalClinic MedicalBusiness Hospital Pharmacy "
    "Optician VeterinaryCare HealthAndBeautyBusiness BeautySalon HairSalon DaySpa HealthClub "
    "SportsActivityLocation TravelAgency EntertainmentBusiness ChildCare DryCleaningOrLaundry EmploymentAgency "
    "Library MusicGroup PerformingGroup TouristInformationCenter WebDesignAgency"
)
_ADDRESS_PARTS = (
    "streetAddress",
    "postOfficeBoxNumber",
    "postalCode",
    "addressLocality",
    "addressRegion",
    "addressCountry",
)
_MAX_NAME, _MAX_ADDRESS = 300, 500
_MIN_ADDRESS = 10
_MAX_CLIMB = 50
_DIGIT = re.compile(r"\d")
_NOT_PLACE = re.compile(
    r"\S+@\S+|https?://\S+|\b(?:tele?(?:fon|phone|fax)?|phone|fax|e-?mail|mobile?)\b.*", re.IGNORECASE
)


def organization(page: ParsedPage) -> str | None:
    """Its name in JSON-LD, then microdata, then `og:site_name`."""
    for thing in page.json_ld:
        if json_ld.is_a(thing, ORGANIZATIONS):
            for name in json_ld.texts(thing.get("name")) or json_ld.texts(thing.get("legalName")):
                return name[:_MAX_NAME]
    return _of_microdata(page) or page.meta.get("og:site_name", "").strip()[:_MAX_NAME] or None


def address(page: ParsedPage) -> str | None:
    """The postal address in one line: JSON-LD, then microdata, then `<address>`."""
    for thing in page.json_ld:
        if json_ld.is_a(thing, ORGANIZATIONS) and (line := _line(thing.get("address"))):
            return line
    for thing in page.json_ld:
        if json_ld.is_a(thing, frozenset({"PostalAddress"})) and (line := _line(thing)):
            return line
    return _microdata_address(page) or _address_element(page)


def _line(place: Any) -> str | None:
    """`Hauptstr. 1, 10115 Berlin, DE` of a PostalAddress, or a text as it is."""
    if isinstance(place, list):
        return next((line for one in place[:5] if not isinstance(one, list) and (line := _line(one))), None)
    if isinstance(place, str):
        return " ".join(place.split())[:_MAX_ADDRESS] or None
    if not isinstance(place, dict):
        return None
    return _joined({name: _plain(place.get(name)) for name in _ADDRESS_PARTS})


def _joined(parts: dict[str, str]) -> str | None:
    town = " ".join(part for part in (parts["postalCode"], parts["addressLocality"]) if part)
    line = [
        parts["streetAddress"],
        parts["postOfficeBoxNumber"],
        town,
        parts["addressRegion"],
        parts["addressCountry"],
    ]
    if not (parts["streetAddress"] or town):
        return None
    return ", ".join(part for part in line if part)[:_MAX_ADDRESS]


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, int):
        value = str(value)
    return ", ".join(" ".join(text.split()).strip(" ,") for text in json_ld.texts(value))


def _of_microdata(page: ParsedPage) -> str | None:
    for name in page.microdata.get("name", ()):
        if _is_of_organization(name):
            return _shown(name)[:_MAX_NAME] or None
    return None


def _is_of_organization(node: LexborNode) -> bool:
    """Whether the nearest item round the element is an organisation."""
    parent = node.parent
    for _ in range(_MAX_CLIMB):
        if parent is None:
            return False
        if kind := parent.attributes.get("itemtype"):
            return kind.strip().rpartition("/")[2] in ORGANIZATIONS
        parent = parent.parent
    return False


def _microdata_address(page: ParsedPage) -> str | None:
    nodes = {name: page.microdata.get(name) for name in _ADDRESS_PARTS}
    return _joined({name: _shown(found[0]).strip(" ,") if found else "" for name, found in nodes.items()})


def _shown(node: LexborNode) -> str:
    return " ".join((node.attrs.get("content") or node.text(separator=" ")).split())


def _address_element(page: ParsedPage) -> str | None:
    """An `<address>` that holds a postal address; contact lines in it are left out."""
    for node in page.tree.css("address"):
        lines = node.text(separator=SEPARATOR).replace("\n", SEPARATOR).split(SEPARATOR)
        places = [place for line in lines if (place := " ".join(_NOT_PLACE.sub("", line).split()).strip(" ,:;|"))]
        text = ", ".join(places)
        if _MIN_ADDRESS <= len(text) <= _MAX_ADDRESS and len(_DIGIT.findall(text)) >= 2:  # noqa: PLR2004 - house number, post code
            return text
    return None
