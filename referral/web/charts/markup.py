"""Elements of SVG as safe markup."""

from markupsafe import Markup, escape

Attribute = str | int | float


def element(name: str, *children: str | Markup, **attributes: Attribute) -> Markup:
    """``<name>`` with ``children``; text among them is escaped.

    An underscore in an attribute's name stands for a hyphen, one at its end for nothing ("class_").
    """
    written = Markup("").join(
        Markup(' {}="{}"').format(key if key in _CAMEL else key.rstrip("_").replace("_", "-"), _short(value))
        for key, value in attributes.items()
        if value != ""
    )
    inside = Markup("").join(escape(child) for child in children)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, inside)


def figure(key: str, title: str, description: str, *children: Markup, **attributes: Attribute) -> Markup:
    """A chart that is one picture to a screen reader: ``title`` is its name, ``description`` what it shows.

    ``key`` must be its own on the page.
    """
    return element(
        "svg",
        element("title", title, id=f"{key}-title"),
        element("desc", description, id=f"{key}-desc"),
        *children,
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
        focusable="false",
        **attributes,
    )


_CAMEL = {"viewBox", "preserveAspectRatio", "patternUnits", "patternTransform"}


def _short(value: Attribute) -> str:
    """A number with at most two decimals, so that a page stays small."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
