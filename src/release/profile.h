// Which columns a release has.
//
// Everything that describes the columns (the Parquet schema, the features that `datasets` reads out
// of the file and out of the card, Croissant's fields) comes from one schema, so that they cannot
// disagree.

#pragma once

#include <string>
#include <string_view>

#include "formats/table_schema.h"
#include "parley/status.h"

namespace parley {

enum class Profile : uint8_t {
  kLmsysChat1m,  ///< Exactly the columns of LMSYS-Chat-1M.
  kExtended,     ///< Those, and what Parley found out besides.
};

/// "lmsys-chat-1m", "extended".
std::string_view NameOf(Profile profile);

/// Invalid, naming the profiles there are, if there is none of that name.
Result<Profile> ProfileNamed(std::string_view name);

/// The columns in their order. Lives as long as the program.
const TableSchema& SchemaOf(Profile profile);

/// What the Parquet key `huggingface` holds: the features in the form that old and new `datasets`
/// both read, a list being an array of one element.
///
/// Source: `datasets` 5.0, features/features.py, generate_from_dict; 3.6 reads the same.
std::string HuggingFaceMetadata(const TableSchema& schema);

/// The features as the card's YAML has them, each line indented by `indent` spaces. Lists stand
/// under `list:`, never `sequence:`, which `datasets` would read as a struct of lists.
std::string FeaturesYaml(const TableSchema& schema, int indent);

}  // namespace parley
