"""The schemas of METS, PREMIS and the DILCIS Board and the rules of E-ARK CSIP 2.1, by their own files."""

import re
from functools import cache
from pathlib import Path

from lxml import etree
from lxml.isoschematron import Schematron

HERE = Path(__file__).parent / "vendor/eark"
ATTRIBUTES = {
    "@TYPE": "CSIPVocabularyContentCategory",
    "@csip:CONTENTINFORMATIONTYPE": "CSIPVocabularyContentInformationType",
    "@csip:OAISPACKAGETYPE": "CSIPVocabularyOAISPackageType",
    "@STATUS": "CSIPVocabularyStatus",
}
LOCAL = {
    "http://www.loc.gov/standards/xlink/xlink.xsd": "xlink.xsd",
    "http://www.loc.gov/standards/xlink/xlink2.xsd": "xlink.xsd",
    "http://www.w3.org/2001/xml.xsd": "xml.xsd",
}
DRIVER = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:all">
 <xsd:import namespace="http://www.loc.gov/METS/" schemaLocation="mets.xsd"/>
 <xsd:import namespace="https://DILCIS.eu/XML/METS/CSIPExtensionMETS" schemaLocation="DILCISExtensionMETS.xsd"/>
</xsd:schema>"""


class _Here(etree.Resolver):
    """Every schema from the folder; nothing is fetched."""

    def resolve(self, url, public_id, context):  # type: ignore[no-untyped-def]
        return self.resolve_filename(str(HERE / "schema" / LOCAL.get(url, url.rsplit("/", 1)[-1])), context)


def _parser() -> etree.XMLParser:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Here())
    return parser


@cache
def _schema(name: str) -> etree.XMLSchema:
    if name == "mets":
        return etree.XMLSchema(
            etree.fromstring(DRIVER.encode(), _parser(), base_url=f"{HERE}/schema/all.xsd")
        )
    return etree.XMLSchema(etree.parse(str(HERE / "schema" / name), _parser()))


@cache
def _rules() -> tuple[Schematron, ...]:
    return tuple(
        Schematron(etree.fromstring(_with_vocabularies(path.read_text("utf-8")).encode()), store_report=True)
        for path in sorted((HERE / "schematron").glob("*.xml"))
    )


def _with_vocabularies(rules: str) -> str:
    for attribute, name in ATTRIBUTES.items():
        text = (HERE / f"vocabs/{name}.xml").read_text("utf-8")
        terms = re.findall(r"<Term[^>]*>([^<]*)<", text)
        assert terms, name
        tests = " or ".join(f"({attribute} = '{term}')" for term in terms)
        rules = rules.replace(f"{attribute}_vocabulary_test", tests)
    kinds = (HERE / "vocabs/IANA.txt").read_text("utf-8").split()
    tests = " or ".join(f"(@MIMETYPE = '{kind}')" for kind in kinds)
    return rules.replace("@MIMETYPE_IANA_test", tests)


def schema_faults(mets: bytes, premis: bytes) -> list[str]:
    """What the schemas say of a package's METS and PREMIS."""
    faults = []
    for name, data in (("mets", mets), ("premis-v3-0.xsd", premis)):
        schema = _schema(name)
        if not schema.validate(etree.fromstring(data)):
            faults += [f"{name}: {one.message}" for one in schema.error_log]
    return faults


def rule_faults(mets: bytes, *, role: str = "ERROR") -> set[str]:
    """The numbers of the requirements of CSIP that METS does not meet."""
    found: set[str] = set()
    for rules in _rules():
        rules.validate(etree.fromstring(mets))
        for fault in rules.validation_report.iter("{http://purl.oclc.org/dsdl/svrl}failed-assert"):
            if fault.get("role") == role:
                found.add(str(fault.get("id")))
    return found
