"""A bar in a row of a table: the row's own figures say the same in words, so it is silent."""

from markupsafe import Markup

from referral.web.charts.markup import element


def bar(share: float, strong: bool = False) -> Markup:
    """A bar as long as ``share`` (0..1) of its cell; a mark at the ground line where that is 0. A ``strong``
    one (of the worst, or the one that was chosen) is hatched too."""
    width = f"{100 * min(max(share, 0.0), 1.0):.1f}%"
    children = [element("rect", x="0%", y="0%", width="0.15rem", height="100%", class_="ground")]
    if share > 0:
        children.append(element("rect", x="0%", y="15%", width=width, height="70%", class_="bar"))
        if strong:
            children.append(
                element(
                    "rect", x="0%", y="15%", width=width, height="70%", fill="url(#hatch)", class_="hatch"
                )
            )
    return element(
        "svg",
        *children,
        class_="chart bars",
        width="100%",
        height="1.25rem",
        aria_hidden="true",
        focusable="false",
    )


def hatching() -> Markup:
    """The patterns that bars and tiles are hatched with; once on a page, before them."""
    return element(
        "svg",
        element("defs", _hatch("hatch", 6), _hatch("hatch-wide", 12)),
        width="0",
        height="0",
        class_="patterns",
        aria_hidden="true",
        focusable="false",
    )


def _hatch(key: str, apart: int) -> Markup:
    return element(
        "pattern",
        element("line", x1=0, y1=0, x2=0, y2=apart, class_="hatching"),
        id=key,
        width=apart,
        height=apart,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )
