"""A few words for people who write in a language that we recognise and do not speak.

They are not in the catalogues, because these are not languages of the service: each says which ones
are, and that a short message in one of them is enough. All of them await a native check.
"""

from collections.abc import Mapping

WELCOME: Mapping[str, str] = {
    "et": (
        "Mina räägin soome, rootsi, inglise ja põhjasaami keelt. Ma aitan leida inimesi, kes aitavad "
        "telefoni, arvuti ja internetiteenustega. Valige keel allpool. Võite kirjutada lihtsate sõnadega."
    ),
    "ru": (
        "Я говорю по-фински, по-шведски, по-английски и по-северносаамски. Я помогаю найти людей, которые "
        "помогут с телефоном, компьютером и интернет-услугами. Выберите язык ниже. Можно писать простыми словами."
    ),
    "uk": (
        "Я розмовляю фінською, шведською, англійською та північносаамською. Я допомагаю знайти людей, які "
        "допоможуть з телефоном, комп'ютером та інтернет-послугами. Виберіть мову нижче. Можна писати простими словами."
    ),
    "ar": (
        "أتحدث الفنلندية والسويدية والإنجليزية والسامية الشمالية. أساعدك في العثور على أشخاص يساعدون في استخدام "
        "الهاتف والحاسوب وخدمات الإنترنت. اختر اللغة أدناه. يمكنك الكتابة بكلمات بسيطة."
    ),
    "so": (
        "Waxaan ku hadlaa Finnish, Swedish, Ingiriis iyo Saami Waqooyi. Waxaan kaa caawinayaa inaad hesho dad "
        "kaa caawiya telefoonka, kombiyuutarka iyo adeegyada internetka. Hoos ka dooro luqadda. Waxaad ku qori "
        "kartaa erayo fudud."
    ),
}
"""Language -> what is said in it."""
