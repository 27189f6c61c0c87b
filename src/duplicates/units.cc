#include "duplicates/units.h"

#include <fmt/format.h>

#include <array>
#include <cstring>

#include "text/normal_forms.h"
#include "text/unit_class.h"
#include "text/utf8.h"

namespace parley {
namespace {

constexpr size_t kSlack = 16;                 // Bytes that may be read beyond a word's end.
constexpr size_t kKeptBufferBytes = 4 << 20;  // What met a giant gives its memory back.
constexpr char kBoundary = '\x1E';            // Taken out of every text as a control.

// The product of two mixed halves, folded: as good as the hashes of its kind, and quick for words.
uint64_t Product(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a ^ 0xA076'1D64'78BD'642F) * (b ^ 0xE703'7ED1'A0B4'28DB);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

uint64_t LoadUpTo8(const char* from, size_t size) {
  uint64_t value = 0;
  std::memcpy(&value, from, 8);
  return size >= 8 ? value : value & ((uint64_t{1} << (8 * size)) - 1);
}

// `from` can be read 16 bytes beyond its end.
uint64_t HashOfUnit(const char* from, size_t size) {
  if (size > 16) return HashOf({from, size});
  const uint64_t low = LoadUpTo8(from, size);
  const uint64_t high = size > 8 ? LoadUpTo8(from + 8, size - 8) : 0;
  return Product(low + size, high ^ 0x8EBC'6AF0'9C88'C6E3);
}

size_t WriteCodePoint(char* to, char32_t c) {
  if (c < 0x80) {
    to[0] = static_cast<char>(c);
    return 1;
  }
  if (c < 0x800) {
    to[0] = static_cast<char>(0xC0 | c >> 6);
    to[1] = static_cast<char>(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    to[0] = static_cast<char>(0xE0 | c >> 12);
    to[1] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
    to[2] = static_cast<char>(0x80 | (c & 0x3F));
    return 3;
  }
  to[0] = static_cast<char>(0xF0 | c >> 18);
  to[1] = static_cast<char>(0x80 | (c >> 12 & 0x3F));
  to[2] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
  to[3] = static_cast<char>(0x80 | (c & 0x3F));
  return 4;
}

}  // namespace

Result<Normalisation> NormalisationFrom(std::string_view list) {
  Normalisation normalisation{
      .letter_case = false, .space = false, .punctuation = false, .digits = false, .forms = false};
  if (list == "none") return normalisation;
  const std::array<std::pair<std::string_view, bool*>, 5> parts = {
      {{"case", &normalisation.letter_case},
       {"space", &normalisation.space},
       {"punctuation", &normalisation.punctuation},
       {"digits", &normalisation.digits},
       {"forms", &normalisation.forms}}};
  size_t begin = 0;
  while (begin <= list.size()) {
    const size_t end = std::min(list.find(',', begin), list.size());
    const std::string_view name = list.substr(begin, end - begin);
    bool known = false;
    for (const auto& [part, is_on] : parts) {
      if (part != name) continue;
      *is_on = true;
      known = true;
    }
    if (!known) {
      return Invalid(
          fmt::format("normalise: there is no \"{}\"; there are case, space, punctuation, digits, "
                      "forms, and none alone",
                      name));
    }
    begin = end + 1;
  }
  return normalisation;
}

Units::Units(UnitKind kind, Normalisation normalisation)
    : kind_(kind), normalisation_(normalisation) {}

void Units::Clear() {
  if (normalised_.size() > kKeptBufferBytes) std::string().swap(normalised_);
  if (composed_.size() > kKeptBufferBytes) std::string().swap(composed_);
  if (hashes_.capacity() > kKeptBufferBytes / sizeof(uint64_t))
    std::vector<uint64_t>().swap(hashes_);
  hashes_.clear();
  size_ = 0;
  code_points_ = 0;
  has_texts_ = false;
}

void Units::MakeRoom(size_t bytes) {
  if (normalised_.size() < size_ + bytes + kSlack) {
    normalised_.resize(2 * normalised_.size() + bytes + kSlack);
  }
}

void Units::EndUnit(size_t begin, size_t end) {
  hashes_.push_back(HashOfUnit(normalised_.data() + begin, end - begin));
}

void Units::Add(std::string_view text, char mark) {
  code_points_ += CountCodePoints(text);
  if (normalisation_.forms && !IsNfc(text)) {
    composed_ = ToNfc(text);
    text = composed_;
  }
  // Lower case may be longer by half; an ASCII symbol takes a space too.
  MakeRoom(2 * text.size() + 8);
  if (has_texts_ || mark != 0) {
    const size_t begin = size_;
    normalised_[size_++] = kBoundary;
    normalised_[size_++] = mark == 0 ? kBoundary : mark;
    EndUnit(begin, size_);
  }
  has_texts_ = true;
  switch (kind_) {
    case UnitKind::kAuto: {
      const size_t units_before = hashes_.size();
      const size_t size_before = size_;
      AddAuto(text, !normalisation_.punctuation);
      if (hashes_.size() == units_before && normalisation_.punctuation) {
        size_ = size_before;
        AddAuto(text, true);
      }
      break;
    }
    case UnitKind::kWords:
      return AddWords(text);
    case UnitKind::kChars:
      return AddChars(text);
  }
}

// Writes the units with a space between them.
void Units::AddAuto(std::string_view text, bool keeps_punctuation) {
  const UnitClassTable& classes = UnitClasses();
  char* const out = normalised_.data();
  size_t word = size_;  // Where the word being written begins.
  bool in_number = false;
  const auto end_word = [&] {
    in_number = false;
    if (size_ == word) return;
    EndUnit(word, size_);
    out[size_++] = ' ';
    word = size_;
  };
  size_t at = 0;
  while (at < text.size()) {
    char32_t code_point = static_cast<unsigned char>(text[at]);
    if (code_point < 0x80) {
      ++at;
    } else {
      code_point = NextCodePoint(text, at);
    }
    const UnitTraits traits = classes[code_point];
    const char32_t written = normalisation_.letter_case ? traits.lower : code_point;
    switch (traits.unit_class) {
      case UnitClass::kWord:
        in_number = false;
        size_ += WriteCodePoint(out + size_, written);
        break;
      case UnitClass::kDigit:
        if (!normalisation_.digits) {
          size_ += WriteCodePoint(out + size_, written);
        } else if (!in_number) {
          out[size_++] = '0';
          in_number = true;
        }
        break;
      case UnitClass::kSpace:
        end_word();
        break;
      case UnitClass::kNothing:
        break;
      case UnitClass::kApostrophe:
        if (!keeps_punctuation) break;
        [[fallthrough]];
      case UnitClass::kPunctuation:
        end_word();
        if (!keeps_punctuation) break;
        [[fallthrough]];
      case UnitClass::kAlone:
        end_word();
        size_ += WriteCodePoint(out + size_, written);
        end_word();
        break;
    }
  }
  end_word();
}

// The text after its normalisation, at the end of `normalised_`.
void Units::Normalise(std::string_view text) {
  const UnitClassTable& classes = UnitClasses();
  char* const out = normalised_.data();
  const size_t begin = size_;
  bool in_space = normalisation_.space;  // None in front.
  bool in_number = false;
  for (size_t at = 0; at < text.size();) {
    char32_t code_point = NextCodePoint(text, at);
    const UnitTraits traits = classes[code_point];
    UnitClass unit_class = traits.unit_class;
    if (normalisation_.letter_case) code_point = traits.lower;
    if (normalisation_.punctuation) {
      if (unit_class == UnitClass::kApostrophe) continue;
      if (unit_class == UnitClass::kPunctuation) {
        unit_class = UnitClass::kSpace;
        code_point = ' ';
      }
    }
    const bool space = unit_class == UnitClass::kSpace;
    if (space && normalisation_.space) {
      if (!in_space) out[size_++] = ' ';
      in_space = true;
      in_number = false;
      continue;
    }
    in_space = false;
    const bool digit = normalisation_.digits && unit_class == UnitClass::kDigit;
    if (digit && in_number) continue;
    in_number = digit;
    size_ += WriteCodePoint(out + size_, digit ? U'0' : code_point);
  }
  if (normalisation_.space && in_space && size_ > begin) --size_;
}

void Units::AddWords(std::string_view text) {
  const size_t begin = size_;
  Normalise(text);
  const UnitClassTable& classes = UnitClasses();
  const std::string_view normalised(normalised_.data(), size_);
  size_t word = begin;
  for (size_t at = begin; at < size_;) {
    const size_t here = at;
    if (classes[NextCodePoint(normalised, at)].unit_class != UnitClass::kSpace) continue;
    if (here > word) EndUnit(word, here);
    word = at;
  }
  if (size_ > word) EndUnit(word, size_);
}

void Units::AddChars(std::string_view text) {
  const size_t begin = size_;
  Normalise(text);
  const std::string_view normalised(normalised_.data(), size_);
  for (size_t at = begin; at < size_;) {
    hashes_.push_back(Product(NextCodePoint(normalised, at), 0x5897'89E6'C64D'0B41));
  }
}

Hash128 Units::TextHash() const { return WideHashOf({normalised_.data(), size_}); }

}  // namespace parley
