"""Who owns the site, by its structured data (schema.org); reviews, products and lists name others."""

import re
from typing import Any

from batchscrape.extracting import json_ld
from batchscrape.extracting.words import words

#: In lower case; with the places that people know as an organisation.
ORGANIZATIONS = words(
    "organization corporation localbusiness ngo nonprofit onlinebusiness onlinestore project "
    "researchorganization educationalorganization school preschool elementaryschool middleschool "
    "highschool collegeoruniversity medicalorganization governmentorganization governmentoffice "
    "governmentservice newsmediaorganization consortium politicalparty fundingscheme airline "
    "libraryorganization workersunion searchrescueorganization cooperative sportsorganization "
    "sportsteam sportsclub performinggroup musicgroup dancegroup theatergroup radiostation "
    "televisionstation professionalservice legalservice attorney notary accountingservice "
    "financialservice bankorcreditunion automatedteller insuranceagency realestateagent "
    "employmentagency travelagency webdesignagency foodestablishment restaurant fastfoodrestaurant "
    "cafeorcoffeeshop barorpub bakery brewery distillery icecreamshop winery lodgingbusiness hotel "
    "motel resort skiresort hostel bedandbreakfast campground vacationrental apartmentcomplex store "
    "autopartsstore bikestore bookstore clothingstore computerstore conveniencestore departmentstore "
    "electronicsstore florist furniturestore gardenstore grocerystore hardwarestore hobbyshop "
    "homegoodsstore jewelrystore liquorstore mensclothingstore mobilephonestore movierentalstore "
    "musicstore officeequipmentstore outletstore pawnshop petstore shoestore sportinggoodsstore "
    "tirestore toystore wholesalestore autodealer autorepair autobodyshop autorental autowash "
    "automotivebusiness gasstation motorcycledealer motorcyclerepair homeandconstructionbusiness "
    "electrician plumber hvacbusiness roofingcontractor generalcontractor housepainter locksmith "
    "movingcompany dentist physician individualphysician physiciansoffice medicalclinic "
    "medicalbusiness hospital pharmacy optician optometric physiotherapy veterinarycare diagnosticlab "
    "communityhealth dermatology dietnutrition emergency geriatric gynecologic midwifery nursing "
    "obstetric oncologic otolaryngologic pediatric plasticsurgery podiatric primarycare psychiatric "
    "publichealth healthandbeautybusiness beautysalon hairsalon nailsalon dayspa healthclub "
    "tattooparlor sportsactivitylocation bowlingalley exercisegym golfcourse publicswimmingpool "
    "stadiumorarena tenniscomplex entertainmentbusiness adultentertainment amusementpark artgallery "
    "casino comedyclub movietheater nightclub childcare animalshelter archiveorganization "
    "drycleaningorlaundry emergencyservice firestation policestation internetcafe library "
    "recyclingcenter selfstorage shoppingcenter touristinformationcenter postoffice museum church "
    "catholicchurch mosque synagogue hindutemple buddhisttemple placeofworship zoo aquarium "
    "performingartstheater musicvenue eventvenue civicstructure brand"
)
_PERSONS = frozenset({"person"})
_SITES = words("website webpage homepage aboutpage contactpage profilepage collectionpage")
#: Properties whose value is somebody else, as far as the page tells.
_STRANGERS = words(
    "review reviews itemReviewed reviewedBy aggregateRating brand manufacturer performer performers "
    "sponsor funder memberOf affiliation alumniOf worksFor parentOrganization subOrganization "
    "department mentions citation isBasedOn itemListElement containedInPlace location recipient "
    "customer competitor founder employee employees member members contactPoint award isPartOf "
    "hasPart recordLabel productionCompany actor director byArtist album track issuedBy recognizedBy "
    "credentialCategory hasCredential knowsAbout hiringOrganization seller offeredBy"
)
_PERHAPS = words("author creator contributor editor organizer provider copyrightHolder accountablePerson")
_TYPE_END = re.compile(r"[/#:]")
_OWN, _UNSURE, _FOREIGN = 0, 1, 2


def owners(things: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The organisations that the site may be of, the surest first; persons where there is none."""
    ranks = _ranks(things)
    published = _published_ids(things)
    for types in (ORGANIZATIONS, _PERSONS):
        found = [thing for thing in things if ranks[id(thing)] < _FOREIGN and is_one_of(thing, types)]
        if found:
            return sorted(found, key=lambda thing: (str(thing.get("@id")) not in published, ranks[id(thing)]))
    return []


def without_strangers(things: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The objects that belong to nobody else, as far as the page tells."""
    ranks = _ranks(things)
    return [thing for thing in things if ranks[id(thing)] < _FOREIGN]


def is_one_of(thing: dict[str, Any], types: frozenset[str]) -> bool:
    """Whether a type of the object, without its vocabulary, is one of these in lower case."""
    return any(type_name(name) in types for name in json_ld.texts(thing.get("@type")))


def type_name(written: str) -> str:
    """`hotel` of `https://schema.org/Hotel`, `schema:Hotel` and `Hotel`."""
    return _TYPE_END.split(written.strip())[-1].lower()


def resolved(value: Any, things: list[dict[str, Any]]) -> Any:
    """The object that a mere reference by `@id` means, otherwise the value itself."""
    if isinstance(value, dict) and set(value) <= {"@id", "@type"} and "@id" in value:
        same = (thing for thing in things if thing.get("@id") == value["@id"] and len(thing) > len(value))
        return next(same, value)
    return value


def _ranks(things: list[dict[str, Any]]) -> dict[int, int]:
    """`id` of each object → how far it may be the site's own; the outer ones come before those that they hold."""
    ranks = {id(thing): _OWN for thing in things}
    for thing in things:
        rank = ranks[id(thing)]
        for key, value in thing.items():
            own = _FOREIGN if key in _STRANGERS else _UNSURE if key in _PERHAPS else _OWN
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, dict):
                    ranks[id(child)] = max(rank, own)
    return ranks


def _published_ids(things: list[dict[str, Any]]) -> set[str]:
    """What the site itself names as its publisher or its subject."""
    found = set()
    for thing in things:
        if is_one_of(thing, _SITES):
            for key in ("publisher", "about", "mainEntity", "creator"):
                value = thing.get(key)
                if isinstance(value, dict) and "@id" in value:
                    found.add(str(value["@id"]))
    return found
