#include "stages/language/text_sample.h"

#include <algorithm>

#include "text/utf8.h"

namespace parley {
namespace {

/// What a byte is to the rules about lines and words.
enum ByteClass : uint8_t {
  kOtherByte,
  kLetterByte,  // ASCII letter.
  kDigitByte,
  kCodeSign,  // Rare in prose, common in code.
  kHighByte,  // Part of a sign beyond ASCII.
};

constexpr std::array<uint8_t, 256> kByteClasses = [] {
  std::array<uint8_t, 256> classes = {};
  for (int byte = 0; byte < 256; ++byte) {
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) classes[byte] = kLetterByte;
    if (byte >= '0' && byte <= '9') classes[byte] = kDigitByte;
    if (byte >= 0x80) classes[byte] = kHighByte;
  }
  for (const char sign : std::string_view("{}[]<>=;_+\\|$^~&")) {
    classes[static_cast<uint8_t>(sign)] = kCodeSign;
  }
  return classes;
}();

uint8_t ClassOf(char byte) { return kByteClasses[static_cast<uint8_t>(byte)]; }
bool IsAsciiLetter(char byte) { return ClassOf(byte) == kLetterByte; }
bool IsDigit(char byte) { return ClassOf(byte) == kDigitByte; }
bool IsBlank(char byte) { return byte == ' ' || static_cast<uint8_t>(byte - '\t') < 5; }
bool IsUpper(char byte) { return byte >= 'A' && byte <= 'Z'; }
bool IsLower(char byte) { return byte >= 'a' && byte <= 'z'; }

std::string_view TrimBlanks(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

/// How no sentence begins.
constexpr std::string_view kCodeBeginnings[] = {
    "#include", "#define", "#!/", "//",    "/*",         "*/",         "<!--",    "<?",  "<!",
    "$ ",       "$(",      "\\",  "sudo ", "namespace ", "Traceback ", "File \"", ">>> "};

/// How lines of code begin, and now and then a sentence.
constexpr std::string_view kWordsOfCode[] = {
    "import ", "using ",    "package ", "def ",    "class ",  "public ", "private ", "static ",
    "const ",  "function ", "return ",  "SELECT ", "INSERT ", "UPDATE ", "CREATE ",  "DELETE "};

bool BeginsLikeCode(std::string_view line) {
  const auto begins = [&](std::string_view beginning) { return line.starts_with(beginning); };
  if (std::ranges::any_of(kCodeBeginnings, begins)) return true;
  if (!std::ranges::any_of(kWordsOfCode, begins)) return false;
  // "public speaking is hard" is prose; a sign of code decides.
  return line.find_first_of("{};=<>_*") != std::string_view::npos || line.back() == ':' ||
         line.find("()") != std::string_view::npos;
}

/// What in a line speaks for prose, and what against it.
struct LineCounts {
  int64_t letters = 0;
  int64_t digits = 0;
  int64_t signs = 0;  ///< Of code.
  int64_t cells = 0;  ///< Marks between the cells of a table.
};

void CountToken(std::string_view token, LineCounts& counts) {
  for (size_t i = 0; i < token.size(); ++i) {
    const char byte = token[i];
    const char before = i > 0 ? token[i - 1] : ' ';
    const char after = i + 1 < token.size() ? token[i + 1] : ' ';
    switch (ClassOf(byte)) {
      case kLetterByte:
      case kHighByte:
        ++counts.letters;
        break;
      case kDigitByte:
        ++counts.digits;
        break;
      case kCodeSign:
        ++counts.signs;
        counts.cells += byte == '|' ? 1 : 0;
        break;
      default:
        // A bracket that follows a word at once calls something; a dot within a word chooses.
        if (byte == '(' && IsAsciiLetter(before)) ++counts.signs;
        if (byte == '.' && IsLower(before) && IsLower(after)) ++counts.signs;
        if (byte == ',' && after != ' ') ++counts.cells;
    }
  }
}

/// Addresses, mentions and hashtags stand in prose and in code alike.
bool IsAddress(std::string_view token) {
  return token.front() == '@' || token.front() == '#' || token.starts_with("www.") ||
         token.find("://") != std::string_view::npos;
}

/// Calls `function` with each part between blanks.
template <class Function>
void ForEachToken(std::string_view line, Function function) {
  for (size_t at = 0; at < line.size();) {
    if (IsBlank(line[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < line.size() && !IsBlank(line[end])) ++end;
    if (!function(line.substr(at, end - at))) return;
    at = end;
  }
}

/// Code, markup, a row of a table, a line of a log: a line that no person says.
bool IsNoProse(std::string_view line) {
  line = TrimBlanks(line);
  if (line.empty() || BeginsLikeCode(line)) return true;
  const char last = line.back();
  if (line.front() == '<' && last == '>') return true;
  LineCounts counts;
  ForEachToken(line, [&](std::string_view token) {
    if (!IsAddress(token)) CountToken(token, counts);
    return true;
  });
  counts.cells += std::ranges::count(line, '\t');
  if (counts.letters == 0) return true;
  if (counts.cells >= 3 && counts.cells * 12 > counts.letters) return true;
  if (counts.digits >= 4 && counts.digits * 2 > counts.letters) return true;
  if ((last == '{' || last == '}' || last == ';') && counts.signs >= 3 && counts.letters < 200) {
    return true;
  }
  return counts.signs >= 2 && counts.signs * 9 > counts.letters;
}

/// A word made by a machine: an address, a path, an identifier, a number with letters.
bool IsNoWord(std::string_view token) {
  bool upper_inside = false;
  int separators = 0;
  for (size_t i = 0; i < token.size(); ++i) {
    const char byte = token[i];
    const char before = i > 0 ? token[i - 1] : ' ';
    const char after = i + 1 < token.size() ? token[i + 1] : ' ';
    if (byte == '@' || byte == '\\' || byte == '_' || byte == '=' || byte == '<' || byte == '>' ||
        byte == '{' || byte == '}' || byte == '$' || byte == '^' || byte == '|') {
      return true;
    }
    if (byte == ':' && after == '/') return true;
    if (byte == '/' || (byte == '.' && IsAsciiLetter(before) && IsLower(after))) ++separators;
    if (IsDigit(byte) && (IsAsciiLetter(before) || IsAsciiLetter(after))) return true;
    if (IsUpper(byte) && IsLower(before)) upper_inside = true;
  }
  if (token.starts_with("www.") || token.front() == '/' || separators >= 2) return true;
  if (separators == 1 && token.find('/') == std::string_view::npos) return true;  // "main.cc"
  return upper_inside;
}

/// Appends words to a sample until it is full.
class Collector {
 public:
  Collector(TextSample& sample, int64_t budget_bytes)
      : sample_(sample), budget_bytes_(budget_bytes) {}

  bool full() const { return static_cast<int64_t>(sample_.words.size()) >= budget_bytes_; }
  void AllowMore(int64_t bytes) { budget_bytes_ = sample_.words.size() + bytes; }

  void AddLine(std::string_view line) {
    ForEachToken(line, [&](std::string_view token) {
      AddToken(token);
      return !full();
    });
  }

 private:
  void AddToken(std::string_view token) {
    // Quotation marks, brackets and stars around a word say nothing of it.
    const auto is_edge = [](char byte) {
      return std::string_view("\"'`*_()[]{}<>.,;:!?#~-+=|/").find(byte) != std::string_view::npos;
    };
    if (token.front() == '@' || token.front() == '\\') return;  // A mention, a command of TeX.
    const bool is_html = token.front() == '<' && token.find('>') != std::string_view::npos;
    if (is_html) return;
    while (!token.empty() && is_edge(token.front())) token.remove_prefix(1);
    while (!token.empty() && is_edge(token.back())) token.remove_suffix(1);
    if (token.empty()) return;
    const bool ascii = IsAscii(token);
    if (ascii ? IsNoWord(token)
              : token.find("://") != std::string_view::npos ||
                    token.find('@') != std::string_view::npos) {
      return;
    }
    AddLetters(token, ascii);
  }

  void AddLetters(std::string_view token, bool ascii) {
    size_t at = 0;
    bool in_word = false;
    while (at < token.size()) {
      const size_t begin = at;
      char32_t code_point;
      if (ascii) {
        code_point = static_cast<uint8_t>(token[at++]);
      } else {
        code_point = Decode(token, at);
      }
      if (IsLetter(code_point)) {
        if (!in_word) {
          if (!sample_.words.empty()) sample_.words += ' ';
          ++sample_.word_count;
          in_word = true;
        }
        sample_.words.append(token.substr(begin, at - begin));
        ++sample_.letter_count;
        ++sample_.letters_by_script[static_cast<int>(ScriptOf(code_point))];
      } else if (in_word && (code_point == '\'' || code_point == 0x2019 || code_point == '`') &&
                 at < token.size()) {
        sample_.words.append(token.substr(begin, at - begin));  // "l'été" is one word.
      } else if (in_word && (code_point == 0x200C || code_point == 0x200D)) {
        sample_.words.append(token.substr(begin, at - begin));  // Joiners belong to the word.
      } else {
        in_word = false;
      }
      if (full() && !in_word) break;
      if (static_cast<int64_t>(sample_.words.size()) > budget_bytes_ + 64) break;
    }
  }

  /// The code point at `token[at]`, or a blank for bytes that are none.
  static char32_t Decode(std::string_view token, size_t& at) {
    const auto lead = static_cast<uint8_t>(token[at]);
    const size_t length = lead < 0x80   ? 1
                          : lead < 0xC2 ? 0
                          : lead < 0xE0 ? 2
                          : lead < 0xF0 ? 3
                          : lead < 0xF5 ? 4
                                        : 0;
    if (length == 0 || at + length > token.size()) {
      ++at;
      return ' ';
    }
    for (size_t i = 1; i < length; ++i) {
      if ((token[at + i] & 0xC0) != 0x80) {
        ++at;
        return ' ';
      }
    }
    if (length == 1) {
      ++at;
      return lead;
    }
    char32_t code_point = lead & (0xFFU >> (length + 1));
    for (size_t i = 1; i < length; ++i) {
      code_point = code_point << 6 | (static_cast<uint8_t>(token[at + i]) & 0x3F);
    }
    constexpr char32_t kLeastOfLength[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = code_point >= 0xD800 && code_point < 0xE000;
    at += length;
    if (code_point < kLeastOfLength[length] || code_point > 0x10FFFF || is_surrogate) return ' ';
    return code_point;
  }

  TextSample& sample_;
  int64_t budget_bytes_;
};

/// Goes through lines, passing over fenced code, until the sample or the allowance is full.
void ReadLines(std::string_view text, int64_t max_read_bytes, Collector& collector,
               TextSample& sample) {
  bool fenced = false;
  size_t at = 0;
  while (at < text.size() && static_cast<int64_t>(at) < max_read_bytes && !collector.full()) {
    size_t end = text.find('\n', at);
    if (end == std::string_view::npos) end = text.size();
    // A line may be a whole book: take a part, and no half of a sign.
    constexpr size_t kLongestLine = 400;
    if (end - at > kLongestLine) {
      end = at + kLongestLine;
      while (end > at + 1 && (text[end] & 0xC0) == 0x80) --end;
    }
    const std::string_view line = text.substr(at, end - at);
    at = end + (end < text.size() && text[end] == '\n' ? 1 : 0);
    const std::string_view trimmed = TrimBlanks(line);
    if (trimmed.starts_with("```") || trimmed.starts_with("~~~")) {
      fenced = !fenced;
      sample.skipped_bytes += static_cast<int64_t>(line.size());
      continue;
    }
    if (fenced || IsNoProse(line)) {
      sample.skipped_bytes += static_cast<int64_t>(trimmed.size());
      continue;
    }
    collector.AddLine(line);
  }
}

struct Block {
  char32_t first;
  char32_t last;
  Script script;
};

constexpr Block kBlocks[] = {
    {0x0041, 0x02AF, Script::kLatin},      {0x0370, 0x03FF, Script::kGreek},
    {0x0400, 0x052F, Script::kCyrillic},   {0x0530, 0x058F, Script::kArmenian},
    {0x0590, 0x05FF, Script::kHebrew},     {0x0600, 0x06FF, Script::kArabic},
    {0x0700, 0x074F, Script::kSyriac},     {0x0750, 0x077F, Script::kArabic},
    {0x0780, 0x07BF, Script::kThaana},     {0x0870, 0x08FF, Script::kArabic},
    {0x0900, 0x097F, Script::kDevanagari}, {0x0980, 0x09FF, Script::kBengali},
    {0x0A00, 0x0A7F, Script::kGurmukhi},   {0x0A80, 0x0AFF, Script::kGujarati},
    {0x0B00, 0x0B7F, Script::kOriya},      {0x0B80, 0x0BFF, Script::kTamil},
    {0x0C00, 0x0C7F, Script::kTelugu},     {0x0C80, 0x0CFF, Script::kKannada},
    {0x0D00, 0x0D7F, Script::kMalayalam},  {0x0D80, 0x0DFF, Script::kSinhala},
    {0x0E00, 0x0E7F, Script::kThai},       {0x0E80, 0x0EFF, Script::kLao},
    {0x0F00, 0x0FFF, Script::kTibetan},    {0x1000, 0x109F, Script::kMyanmar},
    {0x10A0, 0x10FF, Script::kGeorgian},   {0x1100, 0x11FF, Script::kHangul},
    {0x1200, 0x139F, Script::kEthiopic},   {0x1780, 0x17FF, Script::kKhmer},
    {0x1800, 0x18AF, Script::kMongolian},  {0x1C90, 0x1CBF, Script::kGeorgian},
    {0x1E00, 0x1EFF, Script::kLatin},      {0x1F00, 0x1FFF, Script::kGreek},
    {0x2D80, 0x2DDF, Script::kEthiopic},   {0x2DE0, 0x2DFF, Script::kCyrillic},
    {0x3005, 0x3007, Script::kHan},        {0x3040, 0x30FF, Script::kKana},
    {0x3130, 0x318F, Script::kHangul},     {0x31F0, 0x31FF, Script::kKana},
    {0x3400, 0x9FFF, Script::kHan},        {0xA640, 0xA69F, Script::kCyrillic},
    {0xA720, 0xA7FF, Script::kLatin},      {0xAA60, 0xAA7F, Script::kMyanmar},
    {0xAC00, 0xD7AF, Script::kHangul},     {0xF900, 0xFAFF, Script::kHan},
    {0xFB13, 0xFB17, Script::kArmenian},   {0xFB1D, 0xFB4F, Script::kHebrew},
    {0xFB50, 0xFDFF, Script::kArabic},     {0xFE70, 0xFEFC, Script::kArabic},
    {0xFF66, 0xFF9F, Script::kKana},       {0x20000, 0x323AF, Script::kHan}};

}  // namespace

bool IsLetter(char32_t code_point) {
  if (code_point < 0x80) return IsAsciiLetter(static_cast<char>(code_point));
  if (code_point < 0x0250) {
    return code_point >= 0xC0 ? code_point != 0xD7 && code_point != 0xF7
                              : code_point == 0xAA || code_point == 0xB5 || code_point == 0xBA;
  }
  if (code_point < 0x0370) return code_point < 0x02C2 || code_point >= 0x0300;  // And accents.
  if (code_point < 0x2000) {
    switch (code_point) {
      case 0x037E:
      case 0x0387:
      case 0x055A:
      case 0x055B:
      case 0x055C:
      case 0x055D:
      case 0x055E:
      case 0x0589:
      case 0x05BE:
      case 0x05C0:
      case 0x05C3:
      case 0x0964:
      case 0x0965:
      case 0x0E3F:
      case 0x0E4F:
      case 0x0F0B:
      case 0x0F0D:
      case 0x104A:
      case 0x104B:
      case 0x10FB:
      case 0x17D4:
        return false;
      default:
        break;
    }
    if (code_point >= 0x0600 && code_point <= 0x061F)
      return code_point >= 0x0610 && code_point <= 0x061A;
    if (code_point >= 0x0660 && code_point <= 0x066D) return false;
    if (code_point >= 0x06D4 && code_point <= 0x06D4) return false;
    if (code_point >= 0x06F0 && code_point <= 0x06F9) return false;
    if (code_point >= 0x1360 && code_point <= 0x137C) return false;
    // Digits of the Indic blocks stand in their last third.
    if (code_point >= 0x0900 && code_point < 0x0E00) {
      const char32_t place = code_point & 0x7F;
      return place < 0x66 || place > 0x6F;
    }
    if (code_point >= 0x0E50 && code_point <= 0x0E5B) return false;
    if (code_point >= 0x0ED0 && code_point <= 0x0ED9) return false;
    if (code_point >= 0x0F20 && code_point <= 0x0F33) return false;
    if (code_point >= 0x1040 && code_point <= 0x1049) return false;
    if (code_point >= 0x17E0 && code_point <= 0x17E9) return false;
    return true;
  }
  if (code_point < 0x2C00) return false;  // Punctuation, currency, arrows, mathematics, symbols.
  if (code_point < 0x3040)
    return (code_point < 0x2E00) || (code_point >= 0x3005 && code_point <= 0x3007);
  if (code_point == 0x30FB || code_point == 0x30A0) return false;
  if (code_point >= 0x3200 && code_point < 0x3400) return false;
  if (code_point >= 0xE000 && code_point < 0xF900) return false;
  if (code_point >= 0xFE00 && code_point < 0xFE70) return false;
  if (code_point >= 0xFEFD && code_point < 0xFF21) return false;
  if (code_point >= 0xFF3B && code_point < 0xFF66)
    return code_point >= 0xFF41 && code_point <= 0xFF5A;
  if (code_point >= 0xFFE0 && code_point < 0x20000) return false;
  return code_point < 0x32400;
}

Script ScriptOf(char32_t letter) {
  if (letter < 0x0250) return Script::kLatin;
  const auto* block = std::ranges::upper_bound(kBlocks, letter, {}, &Block::first);
  if (block == std::begin(kBlocks)) return Script::kOther;
  --block;
  return letter <= block->last ? block->script : Script::kOther;
}

TextSample SampleProse(std::string_view text, SampleOptions options) {
  TextSample sample;
  Collector collector(sample, options.budget_bytes);
  const auto size = static_cast<int64_t>(text.size());
  const int64_t read_bytes = 4 * options.budget_bytes;
  if (size <= 2 * read_bytes) {
    ReadLines(text, size, collector, sample);
    return sample;
  }
  // A long message: half of the budget from its beginning, the rest from three places beyond.
  collector.AllowMore(options.budget_bytes / 2);
  ReadLines(text, read_bytes, collector, sample);
  constexpr int kPlaces = 3;
  for (int place = 1; place <= kPlaces; ++place) {
    size_t begin = static_cast<size_t>(size * place / (kPlaces + 1));
    // From a line's or at least a word's beginning.
    const size_t line = text.substr(0, std::min<size_t>(begin + 200, size)).find('\n', begin);
    const size_t blank = text.substr(0, std::min<size_t>(begin + 64, size)).find(' ', begin);
    if (line != std::string_view::npos) {
      begin = line + 1;
    } else if (blank != std::string_view::npos) {
      begin = blank + 1;
    } else {
      while (begin < text.size() && (text[begin] & 0xC0) == 0x80) ++begin;
    }
    collector.AllowMore(options.budget_bytes / (2 * kPlaces));
    ReadLines(text.substr(begin), read_bytes / kPlaces, collector, sample);
  }
  return sample;
}

}  // namespace parley
