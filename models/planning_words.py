"""The stored words of planning: what comes in about a home, and what may speak for a visit."""

from .vocabulary import N_, Titled


class PermitKind(Titled):
    """By what right an activity is run: SoL (2025:400) 26 kap. 1 and 2 §§."""

    PERMIT = "permit", N_("Permit (SoL 26:1)")
    NOTIFICATION = "notification", N_("Notified by municipality or region (SoL 26:2)")


class SignalKind(Titled):
    """What came in about a home and may speak for a visit."""

    TIP = "tip", N_("Tip or complaint")
    LEX_SARAH = "lex_sarah", N_("Lex Sarah report (SoL 27:6)")
    MANAGER_CHANGED = "manager_changed", N_("Change of manager")


class VisitReason(Titled):
    """What may speak for a visit now. Each stands by itself; they are never added up."""

    LONG_AGO = "long_ago", N_("Long since the last visit")
    GRAVE_ACCOUNT = "grave_account", N_("Grave account at an earlier inspection")
    OPEN_DEFICIENCIES = "open_deficiencies", N_("Deficiencies not yet remedied")
    TIP = "tip", N_("Tips and complaints")
    LEX_SARAH = "lex_sarah", N_("Lex Sarah reports")
    SURVEY = "survey", N_("What children answered in a survey")
    SELF_ASSESSMENT = "self_assessment", N_("The home’s own picture")
    MANAGER_CHANGED = "manager_changed", N_("New manager")


class Weight(Titled):
    """How much a reason says, in the authority's own word; a word, so that nobody adds it up."""

    STRONG = "strong", N_("Speaks strongly for a visit")
    CLEAR = "clear", N_("Speaks for a visit")
    SLIGHT = "slight", N_("Speaks a little for a visit")
    UNCOUNTED = "uncounted", N_("Is not counted")


class RegisterPart(Titled):
    """The parts of the register whose changes are kept."""

    PROVIDER = "provider", N_("Provider")
    HOME = "home", N_("Home")
    PERMIT = "permit", N_("Permit")
    MUNICIPALITY = "municipality", N_("Municipality")
    COMMITTEE = "committee", N_("Placing committee")
