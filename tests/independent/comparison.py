"""Where two results differ, field by field, the names of areas and themes left out of the field's name."""

BY_NAME = {"areas", "themes"}


def differences(ours, theirs):
    """[(field, place, ours, theirs)], empty when the results agree. The stamp's hashes are not compared."""
    if theirs is None:
        return [("result", "", "a result", "null")]
    theirs = {**theirs, "stamp": {key: theirs["stamp"][key] for key in ours["stamp"]}}
    return list(differing(ours, theirs, (), ()))


def differing(ours, theirs, field, place):
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in {**ours, **theirs}:
            name = "*" if field and field[-1] in BY_NAME else key
            yield from differing(
                ours.get(key, "no such field"),
                theirs.get(key, "no such field"),
                (*field, name),
                (*place, key),
            )
    elif ours != theirs or type(ours) is not type(theirs):
        yield ".".join(field), ".".join(place), ours, theirs
