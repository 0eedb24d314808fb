"""The columns of the sheet, and the words that may stand above and in them.

One row is one offer: one service at one place or channel. A sheet may name its columns in English,
Finnish or Swedish, in any order, and leave out those that it does not need. What a column means is told
in the README for coordinators; the English names are those of the starter directory.
"""

from collections.abc import Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("tunniste",),
    "organisation": ("organisaatio", "järjestäjä", "arrangör"),
    "organisation_kind": ("organisaation tyyppi", "typ av organisation"),
    "name": ("nimi", "namn"),
    "name_sv": ("nimi ruotsiksi", "namn på svenska"),
    "name_en": ("nimi englanniksi", "namn på engelska"),
    "name_se": ("nimi pohjoissaameksi", "namn på nordsamiska"),
    "service": ("palvelu", "tjänst"),
    "description": ("kuvaus", "beskrivning"),
    "description_simple": ("kuvaus selkokielellä", "beskrivning på lätt finska"),
    "description_sv": ("kuvaus ruotsiksi", "beskrivning på svenska"),
    "description_en": ("kuvaus englanniksi", "beskrivning på engelska"),
    "description_se": ("kuvaus pohjoissaameksi", "beskrivning på nordsamiska"),
    "role": ("rooli", "roll"),
    "form": ("muoto",),
    "needs": ("aiheet", "ämnen"),
    "authority": ("viranomainen", "myndighet"),
    "audience": ("kohderyhmä", "målgrupp"),
    "languages": ("kielet", "språk"),
    "coverage": ("alue", "toiminta-alue", "område"),
    "street": ("katuosoite", "gatuadress"),
    "postcode": ("postinumero", "postnummer"),
    "locality": ("postitoimipaikka", "postort"),
    "municipality": ("kunta", "kommun"),
    "lat": ("leveysaste", "latitud", "latitude"),
    "lon": ("pituusaste", "longitud", "longitude"),
    "phone": ("puhelin", "telefon"),
    "web": ("verkkosivu", "webbplats"),
    "hours": ("aukioloajat", "öppettider"),
    "price": ("hinta", "pris"),
    "home_visits": ("kotikäynnit", "hembesök"),
    "ethical_guidelines": ("eettiset ohjeet", "etiska riktlinjer"),
    "valid_from": ("voimassa alkaen", "giltig från"),
    "valid_until": ("voimassa asti", "giltig till"),
    "starts": ("alkaa", "börjar"),
    "ends": ("päättyy", "slutar"),
    "enrol_until": ("ilmoittautuminen viimeistään", "anmälan senast"),
    "seats": ("paikkoja", "platser"),
    "source": ("lähde", "källa"),
    "checked": ("tarkistettu", "kontrollerad"),
    "confidence": ("varmuus", "säkerhet"),
}
"""Column -> what else it may be called."""

NEEDED = ("organisation", "form", "needs")
"""The columns without which no row can be used."""

ROLES = {
    "support": ("digituki", "tuki", "stöd", "digitalt stöd"),
    "pointer": ("kysy täältä", "fråga här"),
    "authority": ("viranomainen", "myndighet"),
    "urgent": ("kiireellinen", "brådskande"),
    "list": ("luettelo", "lista", "förteckning"),
}

FORMS = {
    "in_person": ("in person", "lähituki", "lähi", "paikan päällä", "närstöd", "på plats"),
    "remote": ("etätuki", "etä", "distansstöd", "på distans"),
    "training": ("koulutus", "kurssi", "utbildning", "kurs", "course"),
}

KINDS = {
    "authority": ("viranomainen", "myndighet"),
    "library": ("kirjasto", "bibliotek"),
    "association": ("yhdistys", "järjestö", "förening"),
    "municipality": ("kunta", "kommun"),
    "company": ("yritys", "företag"),
    "project": ("hanke", "projekti", "projekt"),
}

AUDIENCES = {
    "seniors": ("ikäihmiset", "seniorit", "seniorer", "äldre"),
    "migrants": ("maahanmuuttajat", "invandrare"),
    "deaf": ("kuurot", "döva"),
    "deafblind": ("kuurosokeat", "dövblinda"),
    "visually_impaired": ("visually impaired", "näkövammaiset", "synskadade"),
    "jobseekers": ("työnhakijat", "arbetssökande"),
    "supporters": ("digituen antajat", "tukihenkilöt", "stödpersoner"),
}

LANGUAGES = {
    "fi": ("suomi", "finska", "finnish"),
    "sv": ("ruotsi", "svenska", "swedish"),
    "en": ("englanti", "engelska", "english"),
    "se": ("pohjoissaame", "nordsamiska", "northern sámi"),
    "smn": ("inarinsaame", "enaresamiska", "inari sámi"),
    "sms": ("koltansaame", "skoltsamiska", "skolt sámi"),
    "ru": ("venäjä", "ryska", "russian"),
    "uk": ("ukraina", "ukrainska", "ukrainian"),
    "et": ("viro", "estniska", "estonian"),
    "ar": ("arabia", "arabiska", "arabic"),
    "so": ("somali", "somaliska"),
    "fse": ("viittomakieli", "suomalainen viittomakieli", "finskt teckenspråk", "finnish sign language"),
    "fss": ("suomenruotsalainen viittomakieli", "finlandssvenskt teckenspråk"),
}
"""By ISO 639: other codes of two or three letters are taken as they are."""

CONFIDENCES = {
    "high": ("varma", "korkea", "hög", "säker"),
    "medium": ("keskitaso", "melko varma", "medel"),
    "low": ("epävarma", "matala", "låg", "osäker"),
}

YES_NO = {
    "yes": ("kyllä", "on", "ja", "x"),
    "no": ("ei", "nej"),
}

NATIONAL = ("national", "koko maa", "valtakunnallinen", "koko suomi", "hela landet", "nationell")

ALL = ("all", "kaikki", "alla")

FREE = ("free", "maksuton", "ilmainen", "gratis", "avgiftsfri", "kostnadsfri")
