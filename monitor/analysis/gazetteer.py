"""Countries and states under their names in five languages: enough to tell "CA" from "Nevada" and a country from a town."""

import re
from functools import cache

from monitor.analysis.folding import fold, plain_letters

_COUNTRIES = """
united states|usa|us|u.s.|u.s.a.|america|vereinigte staaten|états-unis|etats-unis|estados unidos|ee. uu.|ee.uu.|アメリカ|米国
united kingdom|uk|u.k.|great britain|britain|england|großbritannien|vereinigtes königreich|royaume-uni|reino unido|イギリス|英国
germany|deutschland|allemagne|alemania|ドイツ
france|frankreich|francia|フランス
spain|spanien|espagne|españa|スペイン
italy|italien|italie|italia|イタリア
netherlands|the netherlands|holland|niederlande|niederlanden|pays-bas|países bajos|nl|オランダ
belgium|belgien|belgique|bélgica|ベルギー
switzerland|schweiz|suisse|suiza|スイス
austria|österreich|autriche|オーストリア
sweden|schweden|suède|suecia|スウェーデン
denmark|dänemark|danemark|dinamarca|デンマーク
norway|norwegen|norvège|noruega|ノルウェー
finland|finnland|finlande|finlandia|フィンランド
ireland|irland|irlande|irlanda|republic of ireland|アイルランド
luxembourg|luxemburg|luxemburgo|ルクセンブルク
liechtenstein|リヒテンシュタイン
portugal|ポルトガル
poland|polen|pologne|polonia|ポーランド
czech republic|czechia|tschechien|république tchèque|república checa|チェコ
hungary|ungarn|hongrie|hungría|ハンガリー
estonia|estland|estonie|エストニア
greece|griechenland|grèce|grecia|ギリシャ
turkey|türkei|turquie|turquía|türkiye|トルコ
russia|russland|russie|rusia|ロシア
ukraine|ucrania|ウクライナ
japan|japon|japón|日本
china|chine|中国
hong kong|香港
taiwan|台湾
south korea|korea|südkorea|corée du sud|corea del sur|韓国
india|indien|inde|インド
singapore|singapur|singapour|シンガポール
australia|australien|australie|オーストラリア
new zealand|neuseeland|nouvelle-zélande|nueva zelanda|ニュージーランド
canada|kanada|canadá|カナダ
mexico|mexiko|mexique|méxico|メキシコ
brazil|brasilien|brésil|brasil|ブラジル
argentina|argentinien|argentine|アルゼンチン
chile|chili|チリ
south africa|südafrika|afrique du sud|sudáfrica|南アフリカ
israel|israël|イスラエル
united arab emirates|uae|vereinigte arabische emirate|émirats arabes unis|emiratos árabes unidos
saudi arabia|saudi-arabien|arabie saoudite|arabia saudita
indonesia|indonesien|indonésie|インドネシア
thailand|thaïlande|tailandia|タイ
vietnam|viêt nam|ベトナム
malaysia|malaisie|malasia|マレーシア
philippines|philippinen|filipinas|フィリピン
"""
_STATES = """
alabama:al alaska:ak arizona:az arkansas:ar california:ca,calif,カリフォルニア,カリフォルニア州,californie,kalifornien colorado:co,コロラド州 connecticut:ct delaware:de
florida:fl,floride georgia:ga hawaii:hi idaho:id illinois:il indiana:in iowa:ia kansas:ks kentucky:ky louisiana:la maine:me
maryland:md massachusetts:ma,mass michigan:mi minnesota:mn mississippi:ms missouri:mo montana:mt nebraska:ne nevada:nv
new_hampshire:nh new_jersey:nj new_mexico:nm new_york:ny,ニューヨーク north_carolina:nc north_dakota:nd ohio:oh oklahoma:ok oregon:or
pennsylvania:pa rhode_island:ri south_carolina:sc south_dakota:sd tennessee:tn texas:tx,テキサス州 utah:ut vermont:vt virginia:va
washington:wa,ワシントン州 west_virginia:wv wisconsin:wi wyoming:wy
"""
_US = "united states"


@cache
def _countries() -> dict[str, str]:
    table = {}
    for line in _COUNTRIES.strip().splitlines():
        names = [plain_letters(fold(name)) for name in line.split("|")]
        table |= dict.fromkeys(names, names[0])
    return table


@cache
def _states() -> dict[str, str]:
    table = {}
    for entry in _STATES.split():
        name, short = entry.split(":")
        name = name.replace("_", " ")
        table |= dict.fromkeys([name, *short.split(",")], name)
    return table


_SPLIT = re.compile(r"\s*[,(/·]\s*|\s(?:im bundesstaat|in the state of|in|dans|en)\s(?:the\s)?")
_DECOR = re.compile(r"^(?:the|den|die|la|el|le|les|los)\s|\)|[*_.]+$|\b(?:州|市|県)$")


def ordered(name: str) -> list[str]:
    """Return a place's parts from town to country, each under its usual name.

    >>> ordered("Ventura, CA"), ordered("Delft, the Netherlands")
    (['ventura', 'california'], ['delft', 'netherlands'])
    """
    found = []
    name = re.sub(r"^(.+?[州県])の?(.+)$", r"\2, \1", name)  # Japanese names the region first
    for index, part in enumerate(_SPLIT.split(plain_letters(fold(name)))):
        bare = _DECOR.sub("", part.strip()).strip()
        if bare:
            found.append(_countries().get(bare) or (_states().get(bare) if index or len(bare) > 2 else None) or bare)  # noqa: PLR2004
    return found


def parts(name: str) -> set[str]:
    return set(ordered(name))


def is_country(part: str) -> bool:
    return part in set(_countries().values())


@cache
def _codes() -> dict[str, str]:
    pairs = "us:united states gb:united kingdom uk:united kingdom de:germany fr:france es:spain it:italy nl:netherlands be:belgium ch:switzerland"
    pairs += " at:austria se:sweden dk:denmark no:norway fi:finland ie:ireland pt:portugal pl:poland jp:japan cn:china kr:south korea in:india"
    pairs += " au:australia nz:new zealand ca:canada mx:mexico br:brazil"
    found = re.findall(r"([a-z]{2}):(.*?)(?=\s[a-z]{2}:|$)", pairs)
    return dict(found)


def names_of(region: str) -> set[str]:
    """Return all the names of a country that is given by its code or by one of its names, folded."""
    main = _codes().get(region) or _countries().get(plain_letters(region), region)
    return {name for name, usual in _countries().items() if usual == main and len(name) > 1} | {main}


def holding(places: list[str]) -> set[str]:
    """Return what surely holds these places: the country of a state."""
    states = set(_states().values())
    return {_US} if any(part in states for part in places[1:]) else set()
