"""Texts of the field app: the visit, the people in it, what is seen and marked.

The scripts ask for each by its English; tests/unit/test_field_words.py keeps the two in step.
"""

from ...models.vocabulary import N_
from .field_counted import ngettext

TEXTS: tuple[str, ...] = (
    N_("%(num)s declined"),
    N_("%(num)s not marked"),
    N_("%(num)s of %(all)s"),
    N_("%(num)s of %(all)s requirements are not marked."),
    N_("%(num)s offered"),
    N_("%(num)s talked"),
    N_(
        "%(person)s has told us something, so the outcome stays “talked with us”. If the child takes "
        "it back, mark the statements as taken back first."
    ),
    N_("A breach can lead to a sanction fee and cannot be closed by dialogue."),
    N_("A document that we asked for and did not get"),
    N_("A new document"),
    N_("A new observation"),
    N_(
        "A report of concern is a duty, and it is to be made at once, when we learn of or suspect "
        "that a child fares ill. No proof is needed. The duty is about those under 18; for a young "
        "adult, write that and what is done instead."
    ),
    N_("Acute"),
    N_("Acute: a child may be in danger"),
    N_("Add"),
    N_("Add a child"),
    N_("Add the document"),
    N_("Add the observation"),
    N_("All %(num)s"),
    N_("Always in reach"),
    N_("Ask the child only what protection needs. The police hold the interview."),
    N_("At least 20 characters. No names."),
    N_("Back to not assessed"),
    N_("Begin the visit"),
    N_("Call 112"),
    N_("Change the outcome"),
    N_("Children and young people"),
    N_("Choose"),
    N_("Choose a PDF"),
    N_("Choose what came of the offer."),
    N_("Choose what was done."),
    N_("Confirm that the list of children who live there is complete."),
    N_("Confirmed"),
    N_(
        "Crime against a child: secrecy does not stop you from telling the police, chapter 10, "
        "section 21 of the Public Access to Information and Secrecy Act (2009:400)."
    ),
    N_("Depart from the order"),
    N_("Do not warn the home if that could put the child or the evidence at risk."),
    N_("Documents"),
    N_("Every requirement is marked."),
    N_("Evidence"),
    N_("Go on with the talk"),
    N_(
        "Here stand the children who live in the home, known only as b1, b2 and so on. Add one for "
        "each child who lives here today."
    ),
    N_(
        "Here stand the documents that you look at: journals, decisions, staffing lists. Photograph "
        "the pages that matter."
    ),
    N_("Here stands what you see for yourselves: rooms, meals, how people meet each other."),
    N_("Hold at least one talk with staff, or write why there was none."),
    N_("Hold at least one talk with the manager of the home."),
    N_("How widespread it is"),
    N_("In this order"),
    N_("Is the list complete?"),
    N_("Isolated"),
    N_("It is voluntary: a no is an answer as good as a yes."),
    N_("Life in danger: call 112."),
    N_("Mark"),
    N_(
        "Needed when the child was not there (when and how is the new offer?) and when the child is "
        "not heard (the assessment). No names."
    ),
    N_("New in the list %(num)s"),
    N_("New note"),
    N_("Next requirement"),
    N_("No child lives here today"),
    N_("No names of people."),
    N_("Not marked"),
    N_("Not offered a talk yet"),
    N_("Note"),
    N_("Note a step"),
    N_("Note the step"),
    N_("Nothing is left of what can be seen here."),
    N_(
        "Nothing is noted. The first note opens the acute track: a banner on every page of the case, "
        "and the order of the talks is free."
    ),
    N_("Observations"),
    N_("Only the responsible inspector departs from the order."),
    N_(
        "Only when waiting would do harm or is impossible. The departure is counted, and the letter "
        "tells of it with your reason."
    ),
    N_("Open talks with adults anyway"),
    N_("Opened before every child had an outcome. The letter tells so."),
    N_("Photo of the document"),
    N_("Photograph pages, not people. The place where the picture was taken does not come along."),
    N_("Photos and files"),
    N_("Protect the child first. Call, then write. You decide nothing alone: call the decision-maker too."),
    N_("Put right on the spot"),
    N_("Raised at the previous inspection too"),
    N_("Record the outcome"),
    N_("Recording opens when the visit starts. Prepare the case, then start the visit."),
    N_("Recurring"),
    N_("Ref. no. %(dnr)s"),
    N_("Remove %(person)s from the list"),
    N_("Report to the social services at once: chapter 19, section 1 of the Social Services Act (2025:400)."),
    N_("Requirement"),
    N_("Requirements"),
    N_("Save the outcome"),
    N_("Say in a few words what it is, without names of people."),
    N_("Show"),
    N_("Somebody else has written in the same place. Choose what applies."),
    N_("Start a talk"),
    N_("Systematic"),
    N_("Take a photo"),
    N_("Talk"),
    N_("Talk under way"),
    N_("Talk with %(person)s"),
    N_("Talk with staff and managers"),
    N_("Talks with adults"),
    N_("Talks with staff and managers open when every child has been offered one. Left: %(who)s."),
    N_("Tell the child, as far as it can understand, what you have to do and why. Promise no secrecy."),
    N_("The case is closed. What was recorded can be read, not changed."),
    N_("The child has been told."),
    N_("The evidence is weighed and handed over. Take the case back to record more."),
    N_("The home and the placing committee each answer for their part. Mark the home’s part."),
    N_("The home had found it and begun to put it right"),
    N_("The mark is saved when you have said what it means and how widespread it is."),
    N_("The questions on paper"),
    N_("The visit"),
    N_("The visit has not begun"),
    N_(
        "This is the placing committee’s duty. A shortcoming is passed on to the committee and cannot"
        " be held against the home."
    ),
    N_("To all documents"),
    N_("To all observations"),
    N_("Under way"),
    N_("What came of the offer?"),
    N_("What has been done"),
    N_("What is left"),
    N_("What it is, in a few words"),
    N_("What the deviation means for the children"),
    N_("What the law asks"),
    N_("What the law asks, marked on the spot"),
    N_("What the law asks. Nothing is marked until you mark it."),
    N_("What the records show, also as photos"),
    N_("What was done"),
    N_("What was reported, to whom, and how they can be reached"),
    N_("What was said to the child, and who said it"),
    N_("What we look into"),
    N_("What we saw ourselves"),
    N_(
        "What we saw ourselves, and what the records show. Ask before you enter a child’s room: it is"
        " the child’s home."
    ),
    N_("What we see and read"),
    N_("When must we report, and when may we?"),
    N_("When you begin, the first talks open. The time is noted."),
    N_("Why the order is departed from"),
    N_("Write the assessment: why could the child be harmed by being heard (SoL 28:4)?"),
    N_("Write the reason in at least %(least)s characters: it is told in the letter."),
    N_("Write what was reported, to whom, and how they can be reached."),
    N_("Write what was said to the child, and who said it."),
    N_("Write when and how the child is offered a talk instead."),
    N_("Yes, these are all who live here"),
    N_("asked for and not given"),
    N_("somebody in the team"),
)

COUNTED: tuple[tuple[str, str], ...] = (
    ngettext("%(num)s child", "%(num)s children"),
    ngettext("%(num)s photo or file", "%(num)s photos or files"),
    ngettext("%(num)s statement on this", "%(num)s statements on this"),
)
