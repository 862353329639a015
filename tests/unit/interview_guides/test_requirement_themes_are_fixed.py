"""Which themes a requirement weighs on is part of the method: a change must be meant."""

from tillsyn.interview_guides.guide import load_pack

LINKS = {
    "K01": ["tillstand"],
    "K02": ["tillstand"],
    "K03": ["tillstand"],
    "K04": ["ledning"],
    "K05": ["ledning"],
    "K06": ["kompetens"],
    "K07": ["kompetens"],
    "K08": ["registerkontroll"],
    "K09": ["registerkontroll"],
    "K10": ["bemanning", "natt"],
    "K11": ["sammansattning"],
    "K12": ["dokumentation"],
    "K13": ["plan"],
    "K14": ["plan"],
    "K15": ["inflytande"],
    "K16": ["information"],
    "K17": ["ordningsregler"],
    "K18": ["fortroende", "avskildhet"],
    "K19": ["bemotande"],
    "K20": ["visitation", "drogtest", "mobil"],
    "K21": ["visitation"],
    "K22": ["vald_hot", "krankningar", "droger"],
    "K23": ["egenkontroll", "vald_hot"],
    "K24": ["egenkontroll"],
    "K25": ["egenkontroll"],
    "K26": ["egenkontroll"],
    "K27": ["klagomal", "egenkontroll"],
    "K28": ["dokumentation"],
    "K29": ["dokumentation"],
    "K30": ["dokumentation"],
    "K31": ["behandling"],
    "K32": ["skolgang"],
    "K33": ["halsa", "tandvard", "lakemedel"],
    "K34": ["familj", "socialsekreterare"],
    "K35": ["utflytt"],
    "K36": ["lokaler"],
}

THEMES = {
    "TRY": ["vald_hot", "krankningar", "natt", "droger", "lokaler"],
    "BEM": ["bemotande", "fortroende", "konflikter", "sprak_kultur"],
    "DEL": ["inflytande", "klagomal", "information", "ordningsregler"],
    "INT": ["avskildhet", "mobil", "visitation", "drogtest"],
    "VAS": ["plan", "behandling", "sammansattning", "utflytt"],
    "SKO": ["skolgang", "laxhjalp"],
    "HAL": ["halsa", "tandvard", "psykisk_halsa", "lakemedel"],
    "KON": ["familj", "vanner", "socialsekreterare"],
    "VAR": ["mat", "fritid", "rum", "rutiner", "pengar"],
    "LED": [
        "bemanning",
        "kompetens",
        "kontinuitet",
        "egenkontroll",
        "registerkontroll",
        "dokumentation",
        "tillstand",
        "ledning",
    ],
}


def test_each_requirement_weighs_on_exactly_these_themes() -> None:
    assert {one.id: list(one.themes) for one in load_pack().requirements} == LINKS


def test_each_theme_is_in_exactly_this_area() -> None:
    pack = load_pack()
    assert {area.id: [theme.id for theme in pack.themes_in(area)] for area in pack.areas} == THEMES
