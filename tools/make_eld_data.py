"""Packs ELD's n-gram table into the binary that src/stages/language/ngram_scorer.h reads.

    make_eld_data.py PACKAGE_FOLDER OUTPUT

PACKAGE_FOLDER is the Python package `eldc` (Apache-2.0), whose `large_db.h` holds the table as C
text. The output, little-endian: the eight bytes "ELDNGRM1"; the counts of languages, slots and
values (uint32 each); a code of eight bytes for each language, padded with zeros; the slots, two
uint32 each (fingerprint, content); the values, uint32 each. A value holds a language's number in
its low byte and the upper three bytes of a float above. A slot's content is such a value itself,
or, with bit 7 set, the place of the first value (upper 24 bits) and their count (lower 7).
"""

import array
import re
import struct
import sys


def numbers_between(text, begin, end):
    """All numbers of a C array's body, in order, an empty pair {0} as two zeros."""
    body = text[begin:end].replace("{0}", "0u,0u")
    return array.array("I", (int(n, 0) for n in re.findall(r"0x[0-9A-Fa-f]+|\b\d+", body)))


def main(package, output):
    with open(package + "/large_db.h", encoding="utf-8") as file:
        text = file.read()
    codes_at = text.index("ELD_langCodes[")
    codes = re.findall(r'"([a-z]+)"', text[codes_at : text.index("};", codes_at)])
    slots_begin = text.index("{", text.index("ELD_hashtable["))
    slots_end = text.index("};", slots_begin)
    slots = numbers_between(text, slots_begin + 1, slots_end)
    blob_begin = text.index("{", text.index("ELD_blob[", slots_end))
    blob = numbers_between(text, blob_begin + 1, text.index("};", blob_begin))
    slot_count = len(slots) // 2
    assert len(codes) == 60 and slot_count & (slot_count - 1) == 0, "another form of large_db.h"

    values = array.array("I")
    places = {}
    for i in range(0, len(slots), 2):
        fingerprint, meta = slots[i], slots[i + 1]
        if fingerprint == 0:
            continue
        count, place = meta >> 24, meta & 0xFFFFFF
        if count == 1:
            slots[i + 1] = blob[place]
            continue
        key = (place, count)
        if key not in places:
            places[key] = len(values)
            values.extend(blob[place : place + count])
        slots[i + 1] = places[key] << 8 | 0x80 | count

    with open(output, "wb") as file:
        file.write(b"ELDNGRM1")
        file.write(struct.pack("<III", len(codes), slot_count, len(values)))
        for code in codes:
            file.write(code.encode("ascii").ljust(8, b"\0"))
        for numbers in (slots, values):
            if sys.byteorder == "big":
                numbers.byteswap()
            file.write(numbers.tobytes())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
