"""A request from words of the command line, and an answer as plain values for JSON."""

from collections.abc import Sequence
from typing import Any

from knowledge.load import LATITUDES, LONGITUDES
from knowledge.model import Atlas, Catalog, Names
from knowledge.text import fold
from referral.directory.index import FOR_SUPPORTERS
from referral.directory.training import CITIZENS
from referral.model import Answer, Form, Match, Request


class BadRequest(Exception):
    """What was asked cannot be understood; the message is a sentence that says how to write it."""

    code = "bad_request"


def request_from(
    catalog: Catalog,
    atlas: Atlas,
    *,
    needs: Sequence[str],
    place: str = "",
    language: str = "",
    form: str = "",
    point: str = "",
    audience: str = CITIZENS,
) -> Request:
    """The request that these words make.

    ``needs`` are ids; ``place`` is a postcode, a municipality's code, or the name of a municipality or of
    a village there is one of ("" for none); ``form`` a value of ``Form`` or ""; ``point`` "LAT,LON" in
    degrees, or "" (then a postcode's own point is taken); ``audience`` "citizens" or "supporters".
    Raises BadRequest.
    """
    for need in needs:
        if need not in catalog.needs:
            raise BadRequest(f"There is no need {need!r}. The needs are: {', '.join(catalog.needs)}.")
    if not needs:
        raise BadRequest("Say which need: --need kela, for example.")
    if form and form not in tuple(Form):
        raise BadRequest(f"There is no form {form!r}. Write one of: {', '.join(Form)}.")
    if audience not in (CITIZENS, FOR_SUPPORTERS):
        raise BadRequest(f"There is no audience {audience!r}. Write {CITIZENS} or {FOR_SUPPORTERS}.")
    municipality, found = _place(atlas, place.strip())
    return Request(
        needs=tuple(dict.fromkeys(needs)),
        municipality=municipality,
        point=_point(point) if point else found,
        form=Form(form) if form else None,
        languages=(language,) if language else (),
        audience=audience,
    )


def answer_json(answer: Answer, language: str) -> dict[str, Any]:
    """``answer`` as values that ``json.dumps`` takes; names are in ``language``, or else in Finnish.

    Distances are kilometres with one decimal, times ISO 8601 in Europe/Helsinki, "" and null as in ``Offer``.
    """
    request = answer.request
    widened = answer.widened
    return {
        "request": {
            "needs": list(request.needs),
            "municipality": request.municipality,
            "point": list(request.point) if request.point else None,
            "form": request.form.value if request.form else None,
            "languages": list(request.languages),
        },
        "first_contact": [_match(match, language) for match in answer.first_contact],
        "matches": [_match(match, language) for match in answer.matches],
        "widened": widened
        and {"width": widened.width.value, "municipality": widened.municipality, "km": _km(widened.km)},
        "unmet": [reason.value for reason in answer.unmet],
    }


def _match(match: Match, language: str) -> dict[str, Any]:
    offer, opening = match.offer, match.opening
    return {
        "id": offer.id,
        "name": _said(offer.names, language),
        "what": _said(offer.descriptions, language),
        "role": offer.role.value,
        "form": offer.form.value,
        "km": _km(match.km),
        "score": round(match.score, 4),
        "reasons": [reason.value for reason in match.reasons],
        "municipality": offer.municipality,
        "address": ", ".join(
            part for part in (offer.street, f"{offer.postcode} {offer.locality}".strip()) if part
        ),
        "point": list(offer.point) if offer.point else None,
        "phone": offer.phone,
        "url": offer.url,
        "languages": list(offer.languages),
        "price": offer.price,
        "opening": {
            "state": opening.state,
            "changes": opening.changes.isoformat() if opening.changes else None,
        },
        "starts": offer.starts.isoformat() if offer.starts else None,
        "ends": offer.ends.isoformat() if offer.ends else None,
        "source": offer.source.name,
        "checked": offer.source.checked.isoformat() if offer.source.checked else None,
        "confidence": offer.source.confidence.value,
    }


def _km(km: float | None) -> float | None:
    return None if km is None else round(km, 1)


def _said(names: Names, language: str) -> str:
    plain = language.partition("@")[0]
    return names.get(language) or names.get(plain) or names.get("fi", "")


_Spot = tuple[str, tuple[float, float] | None]


def _place(atlas: Atlas, words: str) -> _Spot:
    """The municipality's code and a point that is finer than it, where there is one."""
    if not words:
        return "", None
    if words.isdigit():
        return _numbered(atlas, words)
    wanted = fold(words)
    for one in atlas.municipalities.values():
        if wanted in map(fold, one.names.values()):
            return one.code, None
    villages = {
        place.municipality: (place.municipality, place.point)
        for place in atlas.places
        if wanted in map(fold, (place.name, *place.other_names))
    }
    if len(villages) == 1:
        return next(iter(villages.values()))
    if villages:
        names = ", ".join(sorted(atlas.municipalities[code].names["fi"] for code in villages))
        raise BadRequest(f"There is a {words} in more than one municipality: {names}. Name one of these.")
    raise BadRequest(f"There is no place {words!r}. Write a postcode, or the name of a municipality.")


def _numbered(atlas: Atlas, digits: str) -> _Spot:
    postcode = atlas.postcodes.get(digits)
    if postcode:
        return postcode.municipality, postcode.point
    if digits in atlas.municipalities:
        return digits, None
    kind = "postcode" if len(digits) > 3 else "municipality with the code"
    raise BadRequest(f"There is no {kind} {digits}.")


def _point(words: str) -> tuple[float, float]:
    try:
        lat, lon = (float(part) for part in words.split(","))
    except ValueError:
        raise BadRequest(f"{words!r} is no point. Write it as LAT,LON: 66.50,25.73.") from None
    if not (LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]):
        raise BadRequest(f"The point {words} is not in Finland. Write it as LAT,LON: 66.50,25.73.")
    return lat, lon
