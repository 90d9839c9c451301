"""Arithmetic of colours: contrast, and what a reader who confuses some of them sees.

Contrast is WCAG's. Sight without one kind of cone is simulated with the matrices of Machado,
Oliveira and Fernandes (2009) at full severity, which apply to linear RGB; how far apart two colours
look is CIEDE2000, in CIE Lab under D65.
"""

from __future__ import annotations

import re
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

RGB = tuple[float, float, float]  # sRGB, each 0 to 1
Lab = tuple[float, float, float]
Matrix = tuple[RGB, RGB, RGB]

SIGHTS: dict[str, Matrix] = {
    "deuteranope": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanope": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}
_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: RGB = (0.95047, 1.0, 1.08883)

_NAMED = dict(  # CSS's names; each gray may be spelt grey
    pair.split(":")
    for pair in (
        "aliceblue:f0f8ff antiquewhite:faebd7 aqua:00ffff aquamarine:7fffd4 azure:f0ffff"
        " beige:f5f5dc bisque:ffe4c4 black:000000 blanchedalmond:ffebcd blue:0000ff"
        " blueviolet:8a2be2 brown:a52a2a burlywood:deb887 cadetblue:5f9ea0 chartreuse:7fff00"
        " chocolate:d2691e coral:ff7f50 cornflowerblue:6495ed cornsilk:fff8dc crimson:dc143c"
        " cyan:00ffff darkblue:00008b darkcyan:008b8b darkgoldenrod:b8860b darkgray:a9a9a9"
        " darkgreen:006400 darkkhaki:bdb76b darkmagenta:8b008b darkolivegreen:556b2f"
        " darkorange:ff8c00 darkorchid:9932cc darkred:8b0000 darksalmon:e9967a darkseagreen:8fbc8f"
        " darkslateblue:483d8b darkslategray:2f4f4f darkturquoise:00ced1 darkviolet:9400d3"
        " deeppink:ff1493 deepskyblue:00bfff dimgray:696969 dodgerblue:1e90ff firebrick:b22222"
        " floralwhite:fffaf0 forestgreen:228b22 fuchsia:ff00ff gainsboro:dcdcdc ghostwhite:f8f8ff"
        " gold:ffd700 goldenrod:daa520 gray:808080 green:008000 greenyellow:adff2f honeydew:f0fff0"
        " hotpink:ff69b4 indianred:cd5c5c indigo:4b0082 ivory:fffff0 khaki:f0e68c lavender:e6e6fa"
        " lavenderblush:fff0f5 lawngreen:7cfc00 lemonchiffon:fffacd lightblue:add8e6"
        " lightcoral:f08080 lightcyan:e0ffff lightgoldenrodyellow:fafad2 lightgray:d3d3d3"
        " lightgreen:90ee90 lightpink:ffb6c1 lightsalmon:ffa07a lightseagreen:20b2aa"
        " lightskyblue:87cefa lightslategray:778899 lightsteelblue:b0c4de lightyellow:ffffe0"
        " lime:00ff00 limegreen:32cd32 linen:faf0e6 magenta:ff00ff maroon:800000"
        " mediumaquamarine:66cdaa mediumblue:0000cd mediumorchid:ba55d3 mediumpurple:9370db"
        " mediumseagreen:3cb371 mediumslateblue:7b68ee mediumspringgreen:00fa9a"
        " mediumturquoise:48d1cc mediumvioletred:c71585 midnightblue:191970 mintcream:f5fffa"
        " mistyrose:ffe4e1 moccasin:ffe4b5 navajowhite:ffdead navy:000080 oldlace:fdf5e6"
        " olive:808000 olivedrab:6b8e23 orange:ffa500 orangered:ff4500 orchid:da70d6"
        " palegoldenrod:eee8aa palegreen:98fb98 paleturquoise:afeeee palevioletred:db7093"
        " papayawhip:ffefd5 peachpuff:ffdab9 peru:cd853f pink:ffc0cb plum:dda0dd powderblue:b0e0e6"
        " purple:800080 rebeccapurple:663399 red:ff0000 rosybrown:bc8f8f royalblue:4169e1"
        " saddlebrown:8b4513 salmon:fa8072 sandybrown:f4a460 seagreen:2e8b57 seashell:fff5ee"
        " sienna:a0522d silver:c0c0c0 skyblue:87ceeb slateblue:6a5acd slategray:708090 snow:fffafa"
        " springgreen:00ff7f steelblue:4682b4 tan:d2b48c teal:008080 thistle:d8bfd8 tomato:ff6347"
        " turquoise:40e0d0 violet:ee82ee wheat:f5deb3 white:ffffff whitesmoke:f5f5f5 yellow:ffff00"
        " yellowgreen:9acd32"
    ).split()
)
_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(([^()]*)\)")


def read_color(color: str) -> tuple[RGB, float] | None:
    """A CSS colour and its opacity, both 0 to 1; None for a form that is not known here."""
    text = color.strip().lower()
    if text == "transparent":
        return (0.0, 0.0, 0.0), 0.0
    named = _NAMED.get(text.replace("grey", "gray"))
    text = f"#{named}" if named else text
    if match := _HEX.fullmatch(text):
        digits = match[1] if len(match[1]) > 4 else "".join(digit * 2 for digit in match[1])
        parts = [int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2)]
    elif match := _RGB.fullmatch(text):
        try:
            parts = [
                _share(part, at) for at, part in enumerate(re.split(r"[,/\s]+", match[1].strip()))
            ]
        except ValueError:
            return None
    else:
        return None
    if len(parts) not in (3, 4):
        return None
    return (parts[0], parts[1], parts[2]), parts[3] if len(parts) == 4 else 1.0


def _share(part: str, at: int) -> float:
    """One part of `rgb(...)`: of 255, the fourth of 1, each may be per cent. Raises: ValueError."""
    whole = 100 if part.endswith("%") else 1 if at == 3 else 255
    return min(1.0, max(0.0, float(part.removesuffix("%")) / whole))


def to_hex(color: str) -> str:
    """`#rrggbb` for a colour that is opaque and known, else the text as it is, in small letters."""
    known = read_color(color)
    if known is None or known[1] < 1:
        return color.strip().lower()
    return "#" + "".join(f"{round(part * 255):02x}" for part in known[0])


def lay_over(color: RGB, opacity: float, ground: RGB) -> RGB:
    """What is seen of a colour through which the ground shows."""
    red, green, blue = (
        over * opacity + under * (1 - opacity) for over, under in zip(color, ground, strict=True)
    )
    return red, green, blue


def contrast(one: RGB, other: RGB) -> float:
    """WCAG's contrast, 1 to 21."""
    low, high = sorted(_multiply(_XYZ, _linear(color))[1] for color in (one, other))
    return (high + 0.05) / (low + 0.05)


def difference(one: RGB, other: RGB, *, sight: str | None = None) -> float:
    """How far apart two colours look: CIEDE2000, 0 for the same, about 2 for just not the same.

    sight: of a `deuteranope` or `protanope`; None for a reader who sees all colours.
    """
    return lab_difference(*(_to_lab(_seen(_linear(color), sight)) for color in (one, other)))


def _seen(linear: RGB, sight: str | None) -> RGB:
    if sight is None:
        return linear
    red, green, blue = (min(1.0, max(0.0, part)) for part in _multiply(SIGHTS[sight], linear))
    return red, green, blue


def _linear(color: RGB) -> RGB:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color
    )
    return red, green, blue


def _multiply(matrix: Matrix, parts: RGB) -> RGB:
    one, two, three = (
        sum(factor * part for factor, part in zip(row, parts, strict=True)) for row in matrix
    )
    return one, two, three


def _to_lab(linear: RGB) -> Lab:
    x, y, z = (
        part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116
        for part in (
            share / white for share, white in zip(_multiply(_XYZ, linear), _WHITE, strict=True)
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def lab_difference(one: Lab, other: Lab) -> float:
    """CIEDE2000, by the steps and names of Sharma, Wu and Dalal (2005)."""
    mean_c = (hypot(*one[1:]) + hypot(*other[1:])) / 2
    g = 0.5 * (1 - sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    c1, h1 = _polar(one[1] * (1 + g), one[2])
    c2, h2 = _polar(other[1] * (1 + g), other[2])
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    mean_l, mean_c = (one[0] + other[0]) / 2, (c1 + c2) / 2
    mean_h = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * cos(radians(mean_h - 30))
        + 0.24 * cos(radians(2 * mean_h))
        + 0.32 * cos(radians(3 * mean_h + 6))
        - 0.20 * cos(radians(4 * mean_h - 63))
    )
    bow = (mean_l - 50) ** 2
    light = (other[0] - one[0]) / (1 + 0.015 * bow / sqrt(20 + bow))
    chroma = (c2 - c1) / (1 + 0.045 * mean_c)
    hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * mean_c * t)
    twist = 60 * exp(-(((mean_h - 275) / 25) ** 2))
    mix = -sin(radians(twist)) * 2 * sqrt(mean_c**7 / (mean_c**7 + 25**7))
    return sqrt(light**2 + chroma**2 + hue**2 + mix * chroma * hue)


def _polar(a: float, b: float) -> tuple[float, float]:
    return hypot(a, b), degrees(atan2(b, a)) % 360
