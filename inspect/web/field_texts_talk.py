"""Texts of the field app: a talk, from its beginning to what is read back.

The scripts ask for each by its English; tests/unit/test_field_words.py keeps the two in step.
"""

from ...models.vocabulary import N_
from .field_counted import ngettext

TEXTS: tuple[str, ...] = (
    N_("%(name)s goes on with the talk."),
    N_("(not shown to who can be the second coder)"),
    N_("(nothing written yet)"),
    N_(
        "A colleague has judged this note. What theme and severity it was given is not shown here, so"
        " that you can judge it unseen on the page Coding."
    ),
    N_("A talk with %(person)s is already under way. Go on with that one."),
    N_("Age"),
    N_("Answer to a question of ours"),
    N_("Ask a question of your own"),
    N_("Ask first. Tick the box when the person has said yes."),
    N_("Back to the talk"),
    N_("Change"),
    N_("Change the note"),
    N_("Choose a guide."),
    N_("Choose a person you have talked with before, so that the two talks count as one source."),
    N_("Choose a theme"),
    N_(
        "Choose who goes on with the talk. Both keep their notes, and both can write: what one writes"
        " reaches the other at the next sending."
    ),
    N_("Close the pictures"),
    N_("Complete the notes"),
    N_("Concrete enough to follow up"),
    N_("Does it stand?"),
    N_("End the talk"),
    N_("End the talk now?"),
    N_("Everything is saved on the device. It is sent by itself when there is a network."),
    N_("For example a letter, a phone call or a visit."),
    N_("From visits that are ended here"),
    N_("Guide"),
    N_("Hand over to a colleague"),
    N_("Help"),
    N_("How does the person want to hear what we found?"),
    N_("How the talk is held"),
    N_("Interrupted: nothing is recorded just now. Note by hand."),
    N_("It can wait until the talk is over."),
    N_("Judge the note on the page Coding; the two of you then agree there."),
    N_("Language of the talk"),
    N_("Later"),
    N_(
        "Let the child choose the place, and who may be there. Say first that it is voluntary and can"
        " stop at any time."
    ),
    N_("Listen for"),
    N_("May it be told?"),
    N_("More"),
    N_("More about the talk"),
    N_("Not asked yet"),
    N_("Not judged yet"),
    N_("Not said"),
    N_("Note on the talk"),
    N_("Note the answer"),
    N_("Noted so far"),
    N_("Notes"),
    N_("Notes are enough. Record only when the person wants it, and say what becomes of it."),
    N_("Nothing is noted yet."),
    N_("Nothing is noted. What came of the offer is for you to record afterwards."),
    N_("Only in general terms, unless the person says otherwise"),
    N_("Own experience, or seen oneself"),
    N_("Own questions in this talk"),
    N_("Passed over for now."),
    N_("Photos and sound that are not received"),
    N_(
        "Photos and sound that are not received stay encrypted, and are sent when the device is open."
        " What becomes of them stands under What is on this device."
    ),
    N_("Pictures"),
    N_("Place"),
    N_("Pointed at the picture: %(word)s (%(number)s of 5)."),
    N_(
        "Print them before the visit, for the day when the device does not suffice. They are kept on "
        "the device with the visit."
    ),
    N_("Put aside for later"),
    N_("Questions"),
    N_("Read back"),
    N_("Read back first"),
    N_("Record"),
    N_("Recording"),
    N_("Recording. It is encrypted piece by piece, and nobody hears it without permission."),
    N_("Retold by us"),
    N_("Save"),
    N_("Saved as you write"),
    N_("Show what I write"),
    N_("Somebody we have not talked with yet"),
    N_("Sound"),
    N_("Sound (%(num)s)"),
    N_("Start a talk: %(who)s"),
    N_("Start the talk"),
    N_("Stop now"),
    N_("Stop recording"),
    N_("Stop the talk now?"),
    N_("Take back"),
    N_("Take it off"),
    N_("Take it off the device"),
    N_("Take this file off the device?"),
    N_("Take up now"),
    N_("Tell me if something is wrong, or if there is something I should not pass on."),
    N_("Thank you, we stop here"),
    N_("The child says that this is among the most important"),
    N_("The child wants to stop"),
    N_("The child’s own words"),
    N_("The notes were read back"),
    N_("The person chose who else was there"),
    N_("The person has said yes to being recorded"),
    N_("The person recorded the talk"),
    N_("The person’s own words"),
    N_("The server does not have it. It cannot be had back."),
    N_("The talk could not be held as it should: disturbed, overheard or cut short"),
    N_("The talk has ended"),
    N_("The talk has ended. You can still complete the notes."),
    N_("Theme"),
    N_("This is what I have noted"),
    N_("This is what you told me"),
    N_("This talk was held without a guide of ours. Note what is said, in any order."),
    N_("To say first"),
    N_("To say last"),
    N_("To the visit"),
    N_(
        "Update the browser, or use another device. In a private window some browsers cannot do so "
        "either: open an ordinary one."
    ),
    N_("What is noted stays. You can read it back first, if the person wants."),
    N_("What is said"),
    N_("What it means for the children"),
    N_("What it shows"),
    N_("What the numbers mean"),
    N_("Where nobody overhears or looks on."),
    N_("Who holds the talk?"),
    N_("Who?"),
    N_("Whose words"),
    N_("Why we ask"),
    N_("With an interpreter"),
    N_(
        "You need network and to be signed in this first time. After that the device manages without."
        " Use an ordinary window: a private one forgets everything when it is closed."
    ),
    N_("Your own question"),
    N_("all asked"),
    N_("asked"),
    N_(
        "it is too large to be received. The whole text is here: shorten it in the case, or export it"
        " sealed, and set this aside."
    ),
    N_(
        "the server fails on this file and no other. It is still here, and is tried again each time. "
        "If it goes on, tell whoever runs the system before you take it away."
    ),
    N_(
        "the server fails on this note and no other. The whole text is here: write it again in the "
        "case, or export it sealed, and set this aside."
    ),
    N_("with network"),
)

COUNTED: tuple[tuple[str, str], ...] = (
    ngettext("%(num)s interruption", "%(num)s interruptions"),
    ngettext("%(num)s not asked yet", "%(num)s not asked yet"),
    ngettext(
        "%(num)s photo or recording is not received. It is encrypted, and is sent when the device is "
        "open and there is a network.",
        "%(num)s photos or recordings are not received. They are encrypted, and are sent when the "
        "device is open and there is a network.",
    ),
    ngettext(
        "%(num)s photo or recording is sent when the device is open.",
        "%(num)s photos or recordings are sent when the device is open.",
    ),
)
