#include "formats/table_schema.h"

namespace parley {
namespace {

std::string TypeOf(const Column& column) {
  switch (column.kind) {
    case ColumnKind::kString:
      return "string";
    case ColumnKind::kInt64:
      return "int64";
    case ColumnKind::kDouble:
      return "double";
    case ColumnKind::kBool:
      return "bool";
    case ColumnKind::kList:
      return "list<" + TypeOf(column.children.at(0)) + ">";
    case ColumnKind::kStruct: {
      std::string fields;
      for (const Column& child : column.children) {
        fields += (fields.empty() ? "" : ", ") + Describe(child);
      }
      return "struct<" + fields + ">";
    }
    case ColumnKind::kOther:
      return "other";
  }
  return "other";
}

}  // namespace

bool Column::operator==(const Column& other) const {
  if (kind != other.kind) return false;
  if (kind == ColumnKind::kList) {
    const Column& left = children.at(0);
    const Column& right = other.children.at(0);
    return name == other.name && left.kind == right.kind && left.children == right.children;
  }
  return name == other.name && children == other.children;
}

std::string Describe(const Column& column) { return column.name + " " + TypeOf(column); }

}  // namespace parley
