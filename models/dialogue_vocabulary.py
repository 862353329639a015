"""The stored words of what passes between the authority and the provider before and after the decision."""

from .vocabulary import N_, Titled


class FactStance(Titled):
    """How the provider sees one fact that was sent for reply (FL 25 §)."""

    RIGHT = "right", N_("This is right")
    WRONG = "wrong", N_("Something is wrong or missing")


class PointVerdict(Titled):
    """How the authority answers what the provider says is wrong; each with a reason (FL 32 §)."""

    ACCEPTED = "accepted", N_("We correct it")
    PARTLY = "partly", N_("We correct part of it")
    NOT_ACCEPTED = "not_accepted", N_("We do not change it")


class Better(Titled):
    """What those whom it is for answer to “has it become better for you?”."""

    BETTER = "better", N_("Better")
    PARTLY = "partly", N_("A little, or only for some")
    SAME = "same", N_("No difference")
    WORSE = "worse", N_("Worse")


class KnownBy(Titled):
    """What an outcome rests on. What the provider says is one of several, and never enough by itself."""

    SEEN = "seen", N_("We have seen it ourselves")
    READ = "read", N_("We have read documents that show it")
    CHILDREN = "children", N_("Those it is for have told us")
    STAFF = "staff", N_("Staff have told us")
    PROVIDER = "provider", N_("The provider says so")
