// The arithmetic by which long numbers carry their own proof.
//
// Each takes digits (or letters where it says so) without separators, the check digits among them,
// and tells whether they fit; an empty text never does.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace parley {

/// ISO/IEC 7812-1, annex B: every second digit from the right doubled.
bool PassesLuhn(std::string_view digits);

/// ISO 7064, MOD 11,10: the last digit checks the others.
bool PassesMod11And10(std::string_view digits);

/// Verhoeff, "Error Detecting Decimal Codes", 1969: permutations in the dihedral group D5.
bool PassesVerhoeff(std::string_view digits);

/// The remainder by 97 of `text` read as a number in which A is 10 and Z is 35 (ISO 7064, MOD
/// 97-10). `text` is digits and ASCII letters in either case.
int RemainderBy97(std::string_view text);

/// The sum of digit times weight; as many digits as weights are read.
int WeightedSum(std::string_view digits, std::initializer_list<int> weights);

/// The decimal number `digits`, at most 18 of them.
int64_t NumberOf(std::string_view digits);

/// Whether every byte is the same one.
bool IsOneByteRepeated(std::string_view text);

/// Whether year (four digits, or 0 for any), month and day make a date; 29 February counts where
/// the year is 0.
bool IsCalendarDate(int64_t year, int64_t month, int64_t day);

}  // namespace parley
