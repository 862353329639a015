"""Texts of the field app: the device, its key, what is sent and what needs somebody.

The scripts ask for each by its English; tests/unit/test_field_words.py keeps the two in step.
"""

from ...models.vocabulary import N_
from .field_counted import ngettext

TEXTS: tuple[str, ...] = (
    N_("%(used)s MB used"),
    N_("(nothing)"),
    N_(
        "A private window forgets everything when it is closed, so nothing may be recorded in it. "
        "Open the app in an ordinary window."
    ),
    N_("A recording is under way already. Stop it first."),
    N_("After five minutes without use, and after one minute in the background."),
    N_("As it stands"),
    N_("Asking the server which visits are yours …"),
    N_("Back"),
    N_("Back to the visit"),
    N_("Begun about a quarter of an hour ago"),
    N_("Begun about an hour ago"),
    N_("Begun about an hour and a half ago"),
    N_("Begun about five minutes ago"),
    N_("Begun about half an hour ago"),
    N_("Begun about ten minutes ago"),
    N_("Begun about three quarters of an hour ago"),
    N_("Begun about twenty minutes ago"),
    N_("Begun just now"),
    N_("Choose here, or on the pages of the case afterwards."),
    N_("Continue"),
    N_("Could not send just now"),
    N_("Encryption"),
    N_("End the visit on this device"),
    N_("Ended"),
    N_("Ending …"),
    N_("Everything is sent and received"),
    N_("Everything stays on the device until the server has it and has said so."),
    N_(
        "Everything that can be read is encrypted with your key, which is only in the memory while "
        "the device is open."
    ),
    N_("Export sealed"),
    N_(
        "Export what is not received to a file that only the server can open, and give it to whoever "
        "runs the system."
    ),
    N_("Field mode"),
    N_("Field mode cannot be used here"),
    N_("Field mode on this device"),
    N_("Give me other words"),
    N_("Give the device a name."),
    N_("How do you open it?"),
    N_("How it is kept"),
    N_("I am somebody else"),
    N_("I cannot open it"),
    N_("I have written them down"),
    N_("If nothing helps"),
    N_("If the device is lost"),
    N_(
        "It does not let the app store anything on the device. Allow storage for this site in its "
        "settings, or use another browser."
    ),
    N_("It has not promised to keep it. Send as often as you have network."),
    N_(
        "It is reported as lost. What was on it is erased or unreadable, and what it still sends is "
        "put aside for your supervisor. Talk with your supervisor before you use it."
    ),
    N_("It is taken into use when every window of the app is closed, or now if nothing waits to be sent."),
    N_("It lacks what keeps two windows from sending the same thing. Update it, or use another device."),
    N_("It refuses rather than risk what a person has told you."),
    N_("Leave it"),
    N_("Lock now"),
    N_("Locked"),
    N_("Locks itself"),
    N_("Look again"),
    N_("Look at them"),
    N_("Making the key …"),
    N_("May the browser erase it?"),
    N_("Merge by hand"),
    N_("Name of the device"),
    N_("Needs action"),
    N_("No visit is on the device."),
    N_("No, it has promised to keep it."),
    N_(
        "Nobody can give you the words again, neither we nor the authority. Without them what is on "
        "the device cannot be read. What is already sent is safe."
    ),
    N_(
        "Nobody can open it for you. What was not sent before is sealed for the server and can still "
        "be sent, but not read here."
    ),
    N_("Nobody else can read it."),
    N_("Not taken in"),
    N_("Nothing here is lost, and nothing else waits for it. Each needs a person."),
    N_("Nothing is lost."),
    N_("Nothing needs action."),
    N_(
        "On an iPad or iPhone, what a web page stores can be erased after a week. Choose Share, then "
        "“Add to Home Screen”, and open Tillsyn from there."
    ),
    N_("On this device"),
    N_("Open"),
    N_("Open field mode"),
    N_("Open the app at an address that begins with https."),
    N_("Open the app from the home screen"),
    N_("Open with the passkey"),
    N_("Opening …"),
    N_(
        "Record talks and observations where there is no network. What you write is encrypted from "
        "the first keystroke, and sent when there is a network again."
    ),
    N_("Recording now"),
    N_("Room"),
    N_("Save the merged text"),
    N_("Send first if you have network: then you know that all of it has come."),
    N_("Send now"),
    N_("Send what waits, tell your supervisor, and start anew with another key."),
    N_("Sending goes by itself when there is a network. You can also begin it here."),
    N_("Sending …"),
    N_("Set aside"),
    N_("Show the words again"),
    N_("Sign in"),
    N_("Sign in as yourself to use field mode in this browser."),
    N_("Skip to the content"),
    N_("So that we both know that you have them. Upper and lower case are the same."),
    N_("So that you and your supervisor know it again, for example “Tablet 4”. No names of people."),
    N_("Somebody else is signed in"),
    N_("Somebody else is signed in in this browser. Sign in as yourself to send and fetch."),
    N_("Something is not sent yet. Send first."),
    N_(
        "Take a visit along while you have network. After that it works without: the guide, the list "
        "of people, the requirements and your notes."
    ),
    N_("Take along"),
    N_("Take everything off"),
    N_("Take everything off this device"),
    N_("Take everything off this device?"),
    N_("Taking it along …"),
    N_("That did not open the device. Check each word, also the letters å, ä and ö."),
    N_("The app is too old for the server. Close all its windows and open it again, with network."),
    N_("The app refuses to save in clear. Update the browser, or use another device."),
    N_("The browser cannot encrypt"),
    N_("The browser cannot work without network"),
    N_("The browser is too old"),
    N_("The browser keeps nothing"),
    N_("The browser lacks something that is needed. Update it, or use another device."),
    N_("The browser may not use the microphone. Allow it in the settings of the site, or note by hand."),
    N_("The connection is not secure"),
    N_("The device could not keep this. Copy it to paper before you go on, and open the app again."),
    N_("The device is full, so this could not be saved. Free some room, or write on paper for now."),
    N_("The device is locked for %(name)s. Everything on it is encrypted."),
    N_("The device is locked. Everything on it is encrypted."),
    N_("The device is locked. Open it again; what was saved is there."),
    N_("The device is nearly full"),
    N_("The device is reported as lost, so nothing can be fetched to it. Talk with your supervisor."),
    N_("The device opens with your key. The next person who uses it sees nothing of yours."),
    N_("The file is too large. Take fewer pages at a time."),
    N_("The guides as PDF"),
    N_("The key"),
    N_("The microphone cannot be used. Note by hand instead."),
    N_("The passkey did not answer. Try again, or choose the five words."),
    N_(
        "The readable copy is deleted. What is not received yet stays, sealed for the server, and is "
        "sent when there is a network."
    ),
    N_(
        "The receipt of the server does not fit what was sent. Nothing is deleted; tell whoever runs "
        "the system."
    ),
    N_("The recording is interrupted"),
    N_("The server did not answer as it should. Nothing is lost; it is tried again."),
    N_("The server has it, but it does not stand yet:"),
    N_("The server refuses it:"),
    N_("The text stays in the log with your reason."),
    N_("The visit is no longer on this device."),
    N_("The visit itself goes on: its pages hold what was sent, and you can take it along again."),
    N_("There is a newer version of the app"),
    N_("There is no network just now. What is on the device works all the same."),
    N_("There is nothing more to take along: only visits that you record in are listed."),
    N_("There is only one version of everything."),
    N_("There is too little room to record safely. Free some room on the device and open the app again."),
    N_("These are not the same words. Look at your paper and try again."),
    N_("They are sealed for the server and can be sent while the device is locked, when there is a network."),
    N_("They are shown only now. Write them on paper and keep it apart from the device."),
    N_("This applies"),
    N_("This could not be saved on the device. Copy it to paper before you go on."),
    N_("This device cannot keep a passkey for this, so five words are needed."),
    N_("This device is shut out"),
    N_("This is not a picture that can be read. Take it again."),
    N_("This window is private"),
    N_("To Tillsyn"),
    N_("To take along"),
    N_("Together"),
    N_("Try again"),
    N_("Try to send again"),
    N_("Two versions of the same text"),
    N_("Update now"),
    N_("Visits"),
    N_("Waiting for the key …"),
    N_("What is on this device"),
    N_("What is received stays with the server. To use field mode here again, you make a new key."),
    N_("What is saved on the device is still there, sealed. It can be sent when this is put right."),
    N_("What is the device called?"),
    N_("What you can do instead"),
    N_("Why is it set aside?"),
    N_("With a passkey: face, finger or the device’s own code"),
    N_("With five words that you learn by heart"),
    N_("With network: record on the pages of the case, as usual."),
    N_(
        "Without: print the guide with lines to write on, and enter the notes afterwards. Keep the "
        "paper as you keep a case file."
    ),
    N_("Write the five words"),
    N_("Write why it is set aside."),
    N_("Write your five words."),
    N_(
        "Written in two places without either knowing of the other. Nothing is overwritten: choose "
        "what applies, or put the two together."
    ),
    N_("You are not signed in. Sign in first, then come back here."),
    N_(
        "You see nothing of what others have on the device. Sign out, sign in as yourself and open "
        "field mode again."
    ),
    N_("Your five words"),
    N_("Your visits"),
    N_("a visit"),
    N_("needs action"),
    N_("no"),
    N_("no reason was given"),
    N_("saved on the device"),
    N_("sent and received"),
    N_("today%(time)s"),
    N_("yes"),
    N_("you tell your supervisor, who shuts it out at once."),
)

COUNTED: tuple[tuple[str, str], ...] = (
    ngettext("%(num)s child left to ask", "%(num)s children left to ask"),
    ngettext("%(num)s is left to send.", "%(num)s are left to send."),
    ngettext("%(num)s is sent and received.", "%(num)s are sent and received."),
    ngettext("%(num)s needs action", "%(num)s need action"),
    ngettext("%(num)s note", "%(num)s notes"),
    ngettext("%(num)s note waits to be sent", "%(num)s notes wait to be sent"),
    ngettext("%(num)s saved on the device, not sent", "%(num)s saved on the device, not sent"),
    ngettext("%(num)s talk is not ended.", "%(num)s talks are not ended."),
    ngettext("Begun about %(num)s hour ago", "Begun about %(num)s hours ago"),
    ngettext("Look at %(num)s place", "Look at %(num)s places"),
)
