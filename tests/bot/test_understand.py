"""From words to what they mean: rules, needs, places and people together, and any text survives."""

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understand import (
    AT_MOST,
    LONGEST_TEXT,
    Command,
    Talk,
    Understanding,
    Urgency,
)
from tests.world import known

CATALOG, ATLAS, MIND = known().catalog, known().atlas, known().mind
HANDLINGS = {"support", "authority_first", "urgent", "emergency", "outside", "unknown"}


def first(meant: Understanding) -> str:
    return meant.needs[0].id if meant.needs else ""


URGENT = {
    Urgency.EMERGENCY: (
        "mies ei hengitä",
        "äiti sai sydänkohtauksen, auttakaa",
        "isä sai sydänkohtaksen nyt",
        "meillä palaa keittiö",
        "det brinner i köket",
        "min man andas inte",
        "the house is on fire",
        "my wife is unconscious",
        "áhčči ii vuoiŋŋa",
    ),
    Urgency.SUICIDE: (
        "en jaksa enää elää",
        "haluan tappaa itseni",
        "jag vill ta livet av mig",
        "I want to die",
        "in hálit šat eallit",
    ),
    Urgency.VIOLENCE: (
        "mieheni lyö minua",
        "puolisoni vakoilee puhelintani",
        "min man slår mig",
        "mitt ex läser mina meddelanden",
        "my husband tracks my phone and I am scared",
        "mu isit časká mu",
    ),
    Urgency.SCAM_VICTIM: (
        "annoin pankkitunnukset huijarille",
        "tililtäni on viety rahaa",
        "äiti antoi tunnusluvut soittajalle",
        "minua huijattin netissä",
        "jag gav mina bankkoder till en bedragare",
        "jag har blivit lurad",
        "I gave my card details to a scammer",
        "adden báŋkokodaid fillejeaddjái",
    ),
    Urgency.SCAM_SUSPECT: (
        "onko tämä viesti huijausta",
        "joku soitti ja pyysi pankkitunnuksia, en antanut",
        "är det här meddelandet äkta",
        "is this text message a scam",
        "leago dát dieđáhus fillen",
    ),
    Urgency.ACCOUNT_HACKED: (
        "facebook-tilini on kaapattu",
        "joku lähettää viestejä nimissäni",
        "mitt konto har blivit hackat",
        "someone hacked my email",
    ),
    Urgency.LOST_PHONE: (
        "puhelimeni on varastettu",
        "kännykkä on hukassa",
        "min telefon har blivit stulen",
        "I lost my phone on the bus",
        "mu telefovdna lea suoláduvvon",
    ),
}


@pytest.mark.parametrize(
    ("urgency", "text"), [(kind, text) for kind, texts in URGENT.items() for text in texts]
)
def test_what_cannot_wait_is_caught(urgency: Urgency, text: str) -> None:
    meant = MIND.understand(text)
    assert meant.urgency is urgency
    grave = urgency in {Urgency.EMERGENCY, Urgency.SUICIDE, Urgency.VIOLENCE}
    assert meant.handling == ("emergency" if grave else "urgent")
    assert first(meant) == ("emergency" if grave else urgency.value)
    assert MIND.understand(text.upper()).urgency is urgency
    assert MIND.understand(f"{text}!!").urgency is urgency


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("kuollut äitini facebook-tili pitäisi sulkea", "digital_estate"),
        ("puhelimen akku kuoli, miten lataan sen", "phone_basics"),
        ("mieheni sai aivohalvauksen viime vuonna, miten haen Kelasta hoitotukea", "kela"),
        ("miten asennan 112 Suomi -sovelluksen", "app_install"),
        ("miten suojaudun huijauksilta", "data_security"),
        ("hur skyddar jag mig mot bedragare", "data_security"),
        ("how do I recognise a scam", "data_security"),
        ("kuvat katosivat puhelimesta", "photos_files"),
        ("jag betalade räkningen två gånger", "online_banking"),
        ("I live in Tampere and need help with Kela", "kela"),
    ],
)
def test_what_only_looks_urgent_is_not(text: str, id_: str) -> None:
    meant = MIND.understand(text)
    assert meant.urgency is Urgency.NONE
    assert id_ in [need.id for need in meant.needs[:3]]


def test_the_name_of_a_municipality_is_never_a_danger_or_a_refusal() -> None:
    """Kolari is a car crash too, and "akaa" sounds like pain; whoever answers where they live is not told to
    call 112."""
    heard = [
        MIND.understand(text, asked="place")
        for code in ATLAS.municipalities.values()
        for name in code.names.values()
        for text in (name, f"asun {name}", f"{name} on kotikunta")
    ]
    assert len(heard) > 1000
    assert [one.text for one in heard if one.urgency or one.outside] == []


@pytest.mark.parametrize("text", ["Ylläsjärvi, Kolari", "Viiala, Akaa", "kolariin", "Levä", "Myrkky"])
def test_a_village_and_its_municipality_are_only_a_place(text: str) -> None:
    meant = MIND.understand(text, asked="place")
    assert meant.places
    assert not meant.urgency
    assert not meant.needs


@pytest.mark.parametrize(
    "text", ["me ajettiin kolari", "tuli kolari, mies makaa ojassa", "lapsi söi myrkkyä"]
)
def test_a_danger_that_sounds_like_a_place_stays_one(text: str) -> None:
    assert MIND.understand(text, asked="place").urgency is Urgency.EMERGENCY


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("puhelimen näyttö on rikki", "repair"),
        ("läppäri kastui eikä käynnisty", "repair"),
        ("koneessa on virus, kuka poistaa sen", "repair"),
        ("min telefon har gått sönder", "repair"),
        ("my laptop won't turn on, who can repair it", "repair"),
        ("millainen puhelin kannattaa ostaa", "purchase"),
        ("vilken surfplatta ska jag köpa", "purchase"),
        ("kerro vitsi", "off_topic"),
        ("hur blir vädret i morgon", "off_topic"),
        ("my car won't start", "off_topic"),
    ],
)
def test_what_digital_support_does_not_do_is_told_apart(text: str, kind: str) -> None:
    meant = MIND.understand(text)
    assert (meant.outside, meant.handling) == (kind, "outside")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("äitini ei osaa käyttää puhelinta", True),
        ("pappa tarvitsee apua tabletin kanssa", True),
        ("asiakkaani Kela-hakemus", True),
        ("min mamma kan inte logga in", True),
        ("my client needs help with taxes", True),
        ("mu áhkku ii máhte geavahit telefovnna", True),
        ("tyttäreni auttaa minua yleensä puhelimen kanssa", False),
        ("min dotter brukar hjälpa mig", False),
        ("my son installed the app for me", False),
        ("miten lähetän kuvan tyttärelleni", False),
        ("kuolleen äitini sähköposti", False),
        ("miten haen passia", None),
        ("asukkaallamme ei ole tunnuksia", True),
        ("vammaiselle pojalleni etsin apua", True),
        ("neuvokaa naapuria, hän on yksin", True),
        ("a lady at our care home wants video calls", True),
        ("olen 80-vuotias mummo ja haluan oppia", False),
        ("en löydä kuvia jotka sain veljeltäni", False),
        ("grannen tipsade mig, hur söker jag pass", False),
        ("how do I block my ex husband", False),
        ("mother tongue is wrong in the register", False),
        ("lapseni Wilma ei aukea minulla", None),
    ],
)
def test_for_whom_help_is_asked(text: str, expected: bool | None) -> None:
    assert MIND.understand(text).on_behalf is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("minulle", False), ("for me", False), ("äidille", True), ("åt en annan", True)]
)
def test_a_word_answers_the_question_for_whom(text: str, expected: bool) -> None:
    assert MIND.understand(text, asked="who").on_behalf is expected


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("voiko joku tulla kotiin neuvomaan", "in_person"),
        ("finns det någon kurs i att använda dator", "training"),
        ("can I get help over the phone", "remote"),
        ("en osaa käyttää verkkopankkia", ""),
    ],
)
def test_the_form_that_is_wanted(text: str, form: str) -> None:
    assert MIND.understand(text).wants_form == form


COMMANDS = {
    Command.YES: ("kyllä", "Joo!", "ja", "jo", "yes please", "juo"),
    Command.NO: ("ei", "en", "nej", "no thanks", "ii"),
    Command.HELP: ("apua", "hjälp", "help", "veahkki"),
    Command.BACK: ("takaisin", "tillbaka", "go back", "ruovttoluotta"),
    Command.MORE: ("onko muita", "visa mer", "show more", "čájet eanet"),
    Command.RESTART: ("aloita alusta", "börja om", "start again", "álgge ođđasit"),
    Command.LANGUAGE: ("vaihda kieltä", "byt språk", "change language", "molsso giela"),
    Command.HUMAN: ("haluan puhua ihmiselle", "jag vill prata med en människa", "talk to a human"),
    Command.STORED: ("mitä minusta tallennetaan?", "vad sparas om mig", "what do you store about me"),
    Command.DELETE: ("poista tietoni", "radera mina uppgifter", "delete my data", "sihko mu dieđuid"),
}


@pytest.mark.parametrize(
    ("command", "text"), [(kind, text) for kind, texts in COMMANDS.items() for text in texts]
)
def test_words_to_the_conversation_itself(command: Command, text: str) -> None:
    assert MIND.understand(text).command is command


@pytest.mark.parametrize(
    "text",
    ["apua Kelan kanssa", "en pääse takaisin sähköpostiin", "ei toimi netti", "poista tietoni facebookista"],
)
def test_a_request_is_not_a_command(text: str) -> None:
    assert MIND.understand(text).command is Command.NONE


@pytest.mark.parametrize(
    ("talk", "text"),
    [
        (Talk.GREETING, "hei"),
        (Talk.GREETING, "God dag!"),
        (Talk.THANKS, "kiitos avusta"),
        (Talk.GOODBYE, "hej då"),
        (Talk.ABOUT_BOT, "oletko robotti?"),
        (Talk.INSULT, "olet tyhmä"),
        (Talk.PRICE, "onko tämä ilmaista?"),
        (Talk.HOURS, "när har ni öppet"),
        (Talk.AFRAID, "what if I press the wrong button"),
        (Talk.DETAILS, "mikä on osoite"),
        (Talk.JOIN, "haluan antaa digitukea"),
        (Talk.FEEDBACK, "jag vill ge respons"),
    ],
)
def test_small_talk(talk: Talk, text: str) -> None:
    assert MIND.understand(text).talk is talk


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("in English please", "en"),
        ("på svenska", "sv"),
        ("puhutaan suomea", "fi"),
        ("selkosuomeksi", "fi@simple"),
    ],
)
def test_the_language_to_go_on_in(text: str, language: str) -> None:
    assert MIND.understand(text).wants_language == language


def test_whole_messages_that_are_listed_are_never_a_danger() -> None:
    content = tomllib.loads((files("knowledge") / "data" / "sayings.toml").read_text(encoding="utf-8"))
    said = [
        text
        for meaning, languages in content["whole"].items()
        if not meaning.startswith("urgency:")
        for texts in languages.values()
        for text in texts
    ]
    assert len(said) > 800
    assert [text for text in said if MIND.understand(text).urgency] == []


@pytest.mark.parametrize("text", ["112", "hätä!", "nödläge", "this is an emergency"])
def test_a_bare_cry_for_help_in_danger_is_one(text: str) -> None:
    assert MIND.understand(text).urgency is Urgency.EMERGENCY


@pytest.mark.parametrize("text", ["10", "33 7", "?"])
def test_a_number_alone_is_no_need(text: str) -> None:
    assert MIND.understand(text).needs == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ei vaan itselleni", False),
        ("åt mig själv", False),
        ("for somebody else", True),
        ("toisen puolesta", True),
    ],
)
def test_for_whom_in_a_few_words(text: str, expected: bool) -> None:
    meant = MIND.understand(text)
    assert meant.on_behalf is expected
    assert not meant.urgency


def test_nothing_sees_what_was_masked() -> None:
    meant = MIND.understand("hetuni on 131052-308T ja haluan Kelasta tukea")
    assert "131052" not in repr(meant)
    assert meant.personal_data == ("hetu",)
    assert first(meant) == "kela"


def test_every_decision_names_its_words() -> None:
    meant = MIND.understand("äitini ei pääse Kelaan pankkitunnuksilla, hän asuu Sodankylässä", explain=True)
    why = dict(meant.why)
    assert "kelaan" in why["need kela"]
    assert why["place 758"] == "sodankylässä"
    assert "aitini" in why["behalf helped"]


def test_the_issue_s_own_example() -> None:
    meant = MIND.understand("äitini ei pääse Kelaan pankkitunnuksilla, hän asuu Sodankylässä")
    assert (first(meant), meant.on_behalf, meant.language) == ("kela", True, "fi")
    assert meant.places[0].municipality == "758"
    assert meant.handling == "authority_first"


def test_a_very_long_text_is_cut_between_words() -> None:
    meant = MIND.understand("kela " * 10_000)
    assert len(meant.text) <= LONGEST_TEXT
    assert meant.text.endswith("kela")
    assert first(meant) == "kela"


ANY = st.text(max_size=400) | st.lists(
    st.sampled_from(
        [*("kela", "ei", "i", "jag", "mamma", "äitini", "112", "pankki", "@", "🙂", "asun", "Oulu", "99600")]
    )
).map(" ".join)


@settings(deadline=None)
@given(ANY, st.sampled_from(["", "fi", "sv", "en", "se"]), st.sampled_from(["", "need", "place", "who"]))
def test_any_text_is_understood_somehow_and_twice_the_same(text: str, prior: str, asked: str) -> None:
    meant = MIND.understand(text, prior, asked)
    assert meant == MIND.understand(text, prior, asked)
    assert meant.handling in HANDLINGS
    assert len(meant.needs) <= AT_MOST
    assert len(meant.places) <= AT_MOST
    assert all(need.id in CATALOG.needs and 0 <= need.score <= 1 for need in meant.needs)


EXAMPLES = [
    text
    for need in CATALOG.needs.values()
    for language in ("fi", "sv", "en", "se")
    for text in need.examples[language][::7]
]


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(EXAMPLES), st.sampled_from(["", ".", "!", "??", " ...", " !"]))
def test_case_and_a_last_mark_do_not_change_the_need(text: str, mark: str) -> None:
    plain = first(MIND.understand(text))
    assert first(MIND.understand(text.lower() + mark)) == plain
    assert first(MIND.understand(text.upper())) == plain


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(
        [
            text
            for need in CATALOG.needs.values()
            if need.handling.value in {"support", "authority_first"}
            for text in need.examples["fi"][::5]
        ]
    ),
    st.sampled_from(
        [("Sodankylässä", "758"), ("Oulussa", "564"), ("Inarissa", "148"), ("Tampereella", "837")]
    ),
)
def test_saying_where_one_lives_adds_the_place_and_keeps_the_need(text: str, place: tuple[str, str]) -> None:
    before = MIND.understand(text)
    after = MIND.understand(f"{text.rstrip('.?!')}, asun {place[0]}")
    assert place[1] in [found.municipality for found in after.places]
    if before.needs and before.needs[0].score >= 0.5:
        assert first(before) in [need.id for need in after.needs[:2]]
