// croissant.json: the release described for machines.
//
// Source: Croissant 1.1, https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html, and its
// RAI vocabulary 1.0; checked with mlcroissant 1.1.0.

#pragma once

#include <string>

#include "release/facts.h"

namespace parley {

std::string CroissantJson(const ReleaseFacts& facts);

}  // namespace parley
