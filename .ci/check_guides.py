"""Read every pack of interview guides and say what is wrong in it; exit 1 if anything is."""

import sys

from tillsyn.interview_guides import reading


def main() -> int:
    faults = [
        f"{pack}: {fault}"
        for pack in reading.available_packs()
        for fault in reading.check_pack(reading.PACKS / pack)
    ]
    print("\n".join(faults) or f"Sound: {', '.join(reading.available_packs())}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
