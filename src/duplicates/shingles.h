// Shingles: the runs of units by which two texts are compared.
//
// A short text has few units, and one that differs would leave no long shingle whole. So the length
// of a shingle goes by the number of units:
//
//     units      shingle
//     1 to 15    2
//     16 to 63   3
//     64 on      5
//
// Two texts are compared by the rule of the one with fewer units; a text with fewer units than a
// shingle is one shingle. A pair across two rules can only be alike if the longer text has hardly
// more distinct shingles under the shorter's rule than a text of that class can have: those few
// texts (much repetition, or a length close to the border) are looked for under both rules.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "duplicates/units.h"

namespace parley {

struct ShingleRule {
  UnitKind kind = UnitKind::kAuto;
  int units = 0;  ///< In a shingle; 0 goes by the text's length, with kAuto alone.
};

/// "auto", "words:N" or "chars:N" with N from 1 to 32. Invalid otherwise.
Result<ShingleRule> ShingleRuleFrom(std::string_view text);

/// Units in a shingle of a text with `unit_count` units.
int ShingleUnits(const ShingleRule& rule, int64_t unit_count);

/// The shorter shingles under which a text with these units has to be looked for as well.
std::vector<int> ShorterShingles(const ShingleRule& rule, std::span<const uint64_t> units,
                                 double threshold);

/// Appends a hash for each shingle of `length` units, in order, equal ones again and again; one for
/// a text that is shorter, none for one without units.
void AppendShingles(std::span<const uint64_t> units, int length, std::vector<uint64_t>& shingles);

/// The distinct shingles, sorted. `set` keeps its memory.
void MakeShingleSet(std::span<const uint64_t> units, int length, std::vector<uint64_t>& set);

/// Jaccard similarity of two sorted sets: shared over all; 1 if both are empty.
double Jaccard(std::span<const uint64_t> left, std::span<const uint64_t> right);

}  // namespace parley
