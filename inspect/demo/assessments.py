"""What the inspectors of the example thought and wrote about each area: own view first, then in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreaText:
    """`position` is the official's own view 4–1, or None for "cannot be assessed yet"."""

    position: int | None
    reason: str
    reasoning: str
    children: str


NOT_EXAMINED = AreaText(
    None,
    "Vi har inte granskat området i sak den här gången.",
    "Området ingick inte i det vi granskade närmare. Det vi såg och hörde vid besöket ger inte anledning "
    "att gå vidare.",
    "Barnen tog inte upp området, eller bara i förbigående.",
)

GRANHOLMEN = {
    "TRY": AreaText(
        2,
        "Flera är otrygga på natten när de inte vet vem som är vaken.",
        "Det är alltid någon vaken på natten. Men drygt var tredje natt är det någon som de boende inte "
        "känner, och det gör dem otrygga. Schemat bekräftar det de berättar.",
        "De boende tog själva upp natten. Det de berättade stämmer med schemat och har vägt tungt.",
    ),
    "BEM": AreaText(
        4,
        "De boende beskriver den ordinarie personalen med värme.",
        "De boende beskriver den ordinarie personalen som lugn och närvarande. Det är en styrka som hänger "
        "på att den får vara på plats.",
        "Berömmet kom utan att vi frågade.",
    ),
    "VAS": AreaText(
        3,
        "Planerna följs, men kontaktpersoner har slutat utan att ersättas.",
        "Hemmet arbetar efter planerna. När en kontaktperson slutar behöver det finnas en ny den dagen.",
        "De boende berättade vad det betyder att ha en vuxen som är deras egen.",
    ),
    "SKO": AreaText(
        4,
        "Skolgången fungerar för alla som bor här.",
        "Alla går i skolan. Samarbetet med skolorna är tätt och följs upp varje vecka.",
        "Det vi hörde av de boende stämmer med skolans uppgifter om närvaro.",
    ),
    "HAL": AreaText(
        4,
        "Kontakterna med vården fungerar.",
        "De boende får den vård de behöver, och hemmet ser till att de kommer dit.",
        "Det vi hörde av de boende stämmer med journalerna.",
    ),
    "KON": AreaText(
        4,
        "Vänner är välkomna i huset.",
        "De boende kan ta emot vänner hemma och hålla kontakt med familjen.",
        "De boende tog själva upp det, som något av det viktigaste.",
    ),
    "VAR": AreaText(
        4,
        "Rummen är de boendes egna.",
        "Huset är väl skött och de boende har fått forma sina rum.",
        "De boende visade gärna sina rum.",
    ),
    "LED": AreaText(
        2,
        "Vakanser, och en vikarie som började utan kontrollerade utdrag.",
        "Tre vakanta tjänster har fyllts med vikarier utan introduktion. En vikarie arbetade två pass innan "
        "registerutdragen var kontrollerade. Föreståndaren har själv upptäckt det och ändrat rutinen.",
        "De boende märker att personalen byts ut. Det är det som de talade mest om.",
    ),
}

STRANDANGEN = {
    "BEM": AreaText(
        4,
        "Personalen visar respekt i det lilla.",
        "Personalen knackar, lyssnar och gör saker tillsammans med de unga.",
        "De unga tog själva upp det.",
    ),
    "DEL": AreaText(
        2,
        "De unga får veta för lite inför flytten hit.",
        "Unga har fått veta att de ska flytta hit först på vägen. Hemmet kan inte styra när nämnden "
        "beslutar, men kan se till att varje barn får en förklaring som det förstår.",
        "Det de unga berättade bekräftas av personalen.",
    ),
    "INT": AreaText(
        2,
        "Mobilerna samlas in av alla, utan att någon har bedömt var och en.",
        "Alla mobiler samlas in klockan 21. Det saknar stöd i lag och görs utan bedömning i det enskilda "
        "fallet. Syftet, att de unga ska sova, är gott och kan nås på andra sätt.",
        "De unga tog själva upp mobilen. De vill få vara med och bestämma.",
    ),
    "SKO": AreaText(
        4,
        "Läxhjälp varje kväll.",
        "De unga får stöd i skolarbetet varje kväll.",
        "De unga lyfte fram det utan att vi frågade.",
    ),
    "VAR": AreaText(
        4,
        "Friluftslivet är en styrka.",
        "Vistelsen är meningsfull. Friluftslivet engagerar både unga och personal.",
        "De unga lyfter fram det som något av det bästa med att bo här.",
    ),
    "LED": AreaText(
        4,
        "En stabil grupp som lär av avvikelser.",
        "Avvikelser går igenom varje vecka och har lett till ändrade rutiner.",
        "De unga märker att personalen stannar.",
    ),
}

TALLASEN = {
    "DEL": AreaText(
        2,
        "Det finns ingen väg för den som vill klaga.",
        "Synpunkter tas emot i förbigående men antecknas, utreds och besvaras inte. Då slutar de unga att "
        "säga till, och hemmet får inte veta vad som behöver ändras.",
        "De unga tog själva upp det. Det har vägt tungt.",
    ),
    "VAS": AreaText(
        4,
        "Verkstaden ger både stöd och självförtroende.",
        "Arbetet i verkstaden är väl genomtänkt och de unga kan säga vad det betyder för dem.",
        "De unga pekade själva ut verkstaden.",
    ),
    "HAL": AreaText(
        2,
        "En förväxling av läkemedel och luckor i signeringen.",
        "En förväxling skedde i april och elva signaturer saknades i maj. Hemmet rapporterade själv "
        "förväxlingen men hade inte hunnit ändra arbetssättet.",
        "Det vi hörde av de unga stämmer med det vi läste.",
    ),
    "LED": AreaText(
        3,
        "Egenkontrollen finns men fångar inte upp det de unga säger.",
        "Avvikelser rapporteras och gås igenom. Det som saknas är att de ungas synpunkter tas till vara på "
        "samma sätt.",
        "Det de unga berättade om klagomål har vägts in här också.",
    ),
    "VAR": AreaText(
        3,
        "Vardagen fungerar.",
        "Vardagen fungerar. Vi för vidare önskemålet om frukosten.",
        "Det togs upp som en önskan.",
    ),
}

LAST_YEAR = {
    "TRY": AreaText(
        4, "De unga sover bra.", "De unga är trygga, också på natten.", "De unga sade det själva."
    ),
    "BEM": AreaText(
        4, "Det finns vuxna att prata med.", "De unga har vuxna att prata med.", "De unga tog upp det."
    ),
    "DEL": AreaText(
        2,
        "Ordningsreglerna är gjorda utan de unga.",
        "Ordningsreglerna är från 2021 och de unga har inte varit med om att ta fram dem.",
        "De unga tog själva upp reglerna. Det har avgjort vår bedömning.",
    ),
    "SKO": AreaText(
        4, "De unga får hjälp.", "De unga får hjälp med skolarbetet.", "De unga sade det själva."
    ),
    "LED": AreaText(
        4,
        "En väl ledd verksamhet.",
        "Verksamheten är väl ledd och lär av avvikelser.",
        "Inget av det de unga sade talar emot det.",
    ),
    "VAR": AreaText(4, "Mat och fritid fungerar.", "Vardagen fungerar bra.", "De unga lyfte fram maten."),
}

BJORKHAGEN = {
    "TRY": AreaText(
        4,
        "De boende är trygga, också på natten.",
        "De boende berättar att hjälpen kommer när de larmar. Vi såg inget som talar emot det.",
        "Det de boende visade och berättade är grunden för bedömningen.",
    ),
    "BEM": AreaText(
        4,
        "Personalen känner de boende och deras sätt att säga saker.",
        "De boende beskriver personalen med värme, och de blir förstådda på sina egna sätt.",
        "Berömmet kom utan att vi frågade.",
    ),
    "SJA": AreaText(
        2,
        "Låsen i köket begränsar alla, utan stöd i lag.",
        "Tre skåp och kylen är låsta i det gemensamma köket. Skälet finns inte kvar. De som bor där får be "
        "om mat i sitt eget hem. Chefen har sagt att låsen tas bort.",
        "Flera boende tog själva upp låsen, en med bilder. Det de berättade stämmer med det vi såg och har "
        "vägt tyngst.",
    ),
    "LIV": AreaText(
        3,
        "Hemmen är de boendes egna, men helgerna är tomma.",
        "Lägenheterna är inredda av dem som bor där. På helgerna blir aktiviteter inte av, för att en ensam "
        "i personalen inte kan följa någon ut.",
        "De boende berättade vad de saknar, och schemat visar varför.",
    ),
    "STO": AreaText(
        4,
        "Omvårdnaden ges lugnt och på de boendes villkor.",
        "De boende får hjälp i den takt som de själva vill. Två saknar en individuell plan, och det är "
        "kommunens sak.",
        "En boende visade med bilder hur hjälpen är som bäst.",
    ),
    "LED": AreaText(
        3,
        "Personalen stannar, men helgerna är för tunt bemannade.",
        "Ledningen känner verksamheten. Vanor som låsen har ändå fått vara kvar utan att någon prövat dem.",
        "De boende märker ledningen på helgerna, när det är för få som arbetar.",
    ),
}
