// The lists are short on purpose. An ending too many joins two words that are none of one name; one
// too few leaves a form to the model.

#include "stages/redact/name_grammar.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "text/utf8.h"

namespace parley {
namespace {

using Words = std::set<std::string_view>;

const Words& FemaleTitles() {
  static const Words words = {"mrs",     "ms",      "miss",     "mme",   "mlle",   "madame",
                              "frau",    "senora",  "senorita", "sra",   "srta",   "dona",
                              "signora", "sig.ra",  "госпожа",  "пани",  "pani",   "hanim",
                              "mevrouw", "lady",    "queen",    "aunt",  "sister", "tante",
                              "тетя",    "бабушка", "g-zha",    "bayan", "madam",  "fru"};
  return words;
}

const Words& MaleTitles() {
  static const Words words = {
      "mr",     "mister",  "sir",      "herr",    "herrn",   "senor", "sr",     "don",  "monsieur",
      "signor", "signore", "господин", "пан",     "pan",     "bay",   "meneer", "lord", "king",
      "uncle",  "onkel",   "дядя",     "дедушка", "brother", "bwana", "tio",    "oncle"};
  return words;
}

const Words& OtherTitles() {
  static const Words words = {
      "dr",      "prof",      "professor", "doctor",   "doktor",  "dra",     "prof.",   "rev",
      "father",  "captain",   "capt",      "general",  "col",     "colonel", "sgt",     "lt",
      "judge",   "president", "senator",   "coach",    "chef",    "agent",   "officer", "detective",
      "доктор",  "профессор", "г",         "тов",      "товарищ", "حضرة",    "السيد",   "السيدة",
      "الدكتور", "الدكتورة",  "الاستاذ",   "الاستاذة", "श्री",     "श्रीमती",  "anh",     "chi",
      "ong",     "ba",        "co"};
  return words;
}

constexpr std::array<std::string_view, 30> kTitlesBehind = {
    "先生",     "女士", "小姐", "老师", "老師", "同学", "同學", "太太", "教授",   "医生",
    "醫生",     "经理", "總",   "さん", "さま", "様",   "君",   "くん", "ちゃん", "氏",
    "せんせい", "殿",   "씨",   "님",   "군",   "양",   "선생", "교수", "사장",   "팀장"};

const Words& Particles() {
  static const Words words = {
      "van",  "von",   "der", "den", "de",  "del", "della", "di",   "da",  "do",   "dos", "das",
      "du",   "la",    "le",  "las", "los", "el",  "al",    "bin",  "ibn", "bint", "ben", "bar",
      "abu",  "y",     "e",   "ter", "ten", "zu",  "zum",   "zur",  "af",  "av",   "of",  "jr",
      "sr",   "ii",    "iii", "iv",  "st",  "san", "santa", "mac",  "mc",  "o",    "d",   "l",
      "ibnu", "binti", "бин", "фон", "ван", "де",  "оглы",  "кызы", "بن",  "ابن",  "بنت", "ال",
      "أبو",  "ابو",   "عبد", "the", "and", "phd", "md",    "esq",  "in",  "t"};
  return words;
}

const Words& CommonWords() {
  static const Words words = {
      // English.
      "will", "may", "mark", "rose", "grace", "hope", "joy", "faith", "bill", "jack", "art", "rich",
      "frank", "chase", "hunter", "dean", "june", "april", "august", "summer", "autumn", "dawn",
      "eve", "ivy", "lily", "daisy", "violet", "iris", "olive", "pearl", "ruby", "jade", "amber",
      "crystal", "ginger", "sandy", "penny", "patience", "prudence", "charity", "angel", "star",
      "skip", "buddy", "junior", "king", "prince", "duke", "earl", "baron", "bishop", "pope",
      "abbot", "knight", "page", "cook", "baker", "miller", "tailor", "gardener", "porter",
      "potter", "archer", "shepherd", "singer", "weaver", "wood", "woods", "stone", "rock", "cliff",
      "dale", "glen", "heath", "forest", "brook", "lake", "rivers", "field", "fields", "hill",
      "hills", "moor", "marsh", "ford", "bush", "berry", "cherry", "apple", "bean", "rice", "lamb",
      "fox", "wolf", "bear", "bird", "hawk", "crow", "swan", "drake", "black", "white", "brown",
      "green", "gray", "grey", "gold", "silver", "red", "blue", "young", "old", "long", "short",
      "small", "little", "strong", "hardy", "sharp", "swift", "wise", "good", "best", "love", "day",
      "week", "winter", "snow", "frost", "rain", "storm", "wind", "sun", "moon", "north", "south",
      "east", "west", "case", "chance", "drew", "gene", "guy", "lane", "major", "mercy", "nick",
      "norm", "pierce", "ray", "reed", "rob", "sage", "scout", "stew", "sue", "tab", "trip", "ward",
      "price", "bell", "ball", "bond", "book", "box", "boy", "child", "church", "coin", "cross",
      "dice", "drop", "fair", "fall", "finger", "fine", "flower", "flowers", "gates", "gift",
      "grant", "hall", "hand", "head", "house", "job", "jobs", "judge", "key", "law", "lock", "max",
      "min", "mine", "nice", "noble", "park", "pool", "power", "powers", "rush", "sale", "sands",
      "self", "shade", "spear", "speed", "spring", "steel", "street", "sweet", "temple", "train",
      "true", "van", "wall", "war", "waters", "way", "west", "wing", "worth", "don", "van", "sky",
      "java", "python", "alexa", "siri", "claude", "jordan", "paris", "london", "china", "india",
      "israel", "chad", "georgia", "virginia", "florence", "sydney", "austin", "houston", "dallas",
      "carolina", "america", "asia", "holland", "england", "french", "german", "roman", "christian",
      "monk", "man", "men", "an", "so", "no", "in", "on", "to", "my", "me", "he", "she", "it", "we",
      "you", "are", "is", "be", "do", "go", "or", "if", "the", "and", "for", "not", "any", "all",
      "but", "see", "one", "two", "ten", "lot", "root", "user", "admin", "test", "name", "home",
      "data", "value", "string", "main", "self", "this", "null", "none", "true", "false", "let",
      "var", "int", "new", "class", "list", "map", "set", "get", "add", "dan",
      // German, Dutch, Nordic.
      "ernst", "kaiser", "konig", "richter", "bauer", "koch", "klein", "gross", "lang", "jung",
      "alt", "neu", "stark", "sommer", "herbst", "vogel", "fuchs", "hahn", "hase", "baum", "berg",
      "stein", "feld", "wald", "bach", "heide", "rosen", "engel", "gott", "herr", "frau", "mann",
      "kind", "held", "sturm", "wind", "morgen", "abend", "freitag", "sonntag", "mai", "de", "het",
      "een", "roos", "vos", "dag", "sol", "dis", "storm", "liv", "dag", "helt", "stor", "lille",
      // French, Spanish, Portuguese, Italian.
      "blanche", "aime", "desire", "constant", "noel", "lune", "reine", "roi", "petit", "grand",
      "blanc", "noir", "bois", "marchand", "boulanger", "leger", "rosa", "luz", "cruz", "mercedes",
      "dolores", "jesus", "consuelo", "esperanza", "paz", "soledad", "estrella", "alba", "aurora",
      "flor", "mar", "rio", "rey", "leon", "toro", "guerra", "iglesia", "flores", "blanco", "bueno",
      "santo", "rosario", "pilar", "socorro", "pinto", "costa", "lobo", "leite", "amor", "gloria",
      "vitoria", "bianca", "chiara", "fiore", "bella", "mare", "monte", "valle", "fede", "serena",
      "felice", "primo", "secondo", "sole", "luna", "domingo", "abril", "agosto", "cordoba",
      "valencia",
      // Polish, Turkish, Vietnamese and others.
      "zima", "wilk", "lis", "sowa", "kot", "deniz", "umut", "baris", "can", "su", "gul", "ay",
      "yildiz", "gunes", "ozgur", "savas", "yagmur", "bahar", "ask", "hoa", "mai", "lan", "anh",
      "em", "minh", "nam", "ha", "hai", "ngoc", "thu", "xuan", "hong", "son", "long", "binh",
      // Russian, Ukrainian.
      "вера", "надежда", "любовь", "роман", "лев", "слава", "света", "рая", "роза", "лиля", "майя",
      "мир", "май", "октябрь", "волк", "заяц", "мороз", "мельник", "кузнец", "король", "павлин",
      "победа", "воля", "надія", "віра", "любов",
      // Arabic, Hebrew, Persian.
      "نور", "امل", "سلام", "كريم", "جميل", "سعيد", "خالد", "حسن", "فرح", "حياة", "ايمان", "رحمة",
      "عادل", "امين", "شمس", "قمر", "وردة", "טוב", "אור", "שלום", "תקווה",
      // Chinese, Japanese, Korean.
      "文明", "建国", "和平", "高山", "马上", "明天", "小心", "大海", "白云", "黄金", "高明",
      "安静", "光明", "明白", "方向", "方法", "高兴", "金色", "石头", "江山", "东方", "さくら",
      "ひかり", "のぞみ", "ゆき", "はる", "하늘", "바다", "사랑", "나라", "우리", "이슬", "가을",
      "보람", "한국", "지수", "정도", "이상", "이하", "수정", "지원", "주인", "연인"};
  return words;
}

using Endings = std::span<const std::string_view>;

constexpr std::array<std::string_view, 3> kPlural = {"", "s", "es"};
constexpr std::array<std::string_view, 5> kGerman = {"", "s", "es", "ns", "ens"};
constexpr std::array<std::string_view, 35> kSlavicLatin = {
    "",    "a",   "y",   "i",   "e",   "o",  "u",  "owi", "ovi", "em",   "iem",  "ie",
    "om",  "ami", "ach", "ego", "emu", "ym", "im", "ej",  "iej", "iego", "iemu", "ich",
    "ych", "ymi", "imi", "ze",  "iu",  "ou", "oj", "om",  "ia",  "ii",   "io"};
constexpr std::array<std::string_view, 27> kBaltic = {
    "",   "as", "o",  "ui",  "a",   "u",  "e",  "ai", "is", "io", "iui", "i",  "iu", "y",
    "es", "ei", "us", "aus", "umi", "ys", "am", "im", "os", "s",  "ams", "ai", "iem"};
constexpr std::array<std::string_view, 27> kFinnic = {
    "",    "n",  "a",   "in", "an",   "en",   "on",   "un", "ta", "tta", "ssa", "sta", "lla", "lta",
    "lle", "na", "ksi", "ia", "illa", "ille", "ista", "le", "lt", "l",   "st",  "t",   "ga"};
constexpr std::array<std::string_view, 38> kHungarian = {
    "",    "t",   "ot",  "et",  "at",  "nak", "nek", "val", "vel", "hoz", "hez", "ban", "ben",
    "rol", "tol", "ert", "ra",  "re",  "nal", "nel", "ek",  "ne",  "ral", "rel", "lal", "lel",
    "tal", "tel", "kal", "kel", "sal", "sel", "mal", "mel", "e",   "ja",  "je",  "a"};
constexpr std::array<std::string_view, 30> kTurkish = {
    "",    "ye", "ya", "e",   "a",   "i",   "yi",  "yu", "u",  "nin",
    "nun", "in", "un", "den", "dan", "ten", "tan", "de", "da", "te",
    "ta",  "le", "la", "yle", "yla", "ler", "lar", "ya", "im", "cim"};
constexpr std::array<std::string_view, 41> kCyrillic = {
    "",   "а",  "я",  "у",  "ю",   "е",   "и",   "ы",   "о",   "ь",   "ой",  "еи", "ои", "ею",
    "ою", "ом", "ем", "ам", "ами", "ах",  "ого", "его", "ому", "ему", "им",  "ым", "ая", "яя",
    "ую", "юю", "их", "ых", "ыми", "ими", "ям",  "ях",  "і",   "ові", "еві", "єм", "ии"};
constexpr std::array<std::string_view, 13> kGreek = {"",   "σ",  "ου", "ο",  "ε",  "α",  "η",
                                                     "ασ", "ησ", "οσ", "ων", "εσ", "ουσ"};
constexpr std::array<std::string_view, 12> kPrefixes = {"و", "ف", "ب", "ل", "ك", "ו",
                                                        "ב", "ל", "מ", "ה", "ש", "כ"};

constexpr std::array<std::string_view, 44> kKoreanEndings = {
    "이",   "가",   "은",   "는",   "을",   "를",   "의",   "야",   "아",   "와",   "과",
    "랑",   "에",   "에게", "한테", "께",   "님",   "씨",   "군",   "양",   "도",   "만",
    "로",   "으로", "네",   "부터", "까지", "처럼", "보다", "라",   "라고", "이라", "하고",
    "선생", "교수", "사장", "팀장", "대리", "과장", "부장", "누나", "언니", "오빠", "형"};

Endings EndingsOf(WordScript script, std::string_view language) {
  if (script == WordScript::kCyrillic) return kCyrillic;
  if (script == WordScript::kGreek) return kGreek;
  if (script != WordScript::kLatin) return {};
  static const Words slavic = {"pl", "cs", "sk", "hr", "sl", "bs", "sr"};
  static const Words baltic = {"lt", "lv"};
  static const Words finnic = {"fi", "et"};
  if (slavic.contains(language)) return kSlavicLatin;
  if (baltic.contains(language)) return kBaltic;
  if (finnic.contains(language)) return kFinnic;
  if (language == "hu") return kHungarian;
  if (language == "tr") return kTurkish;
  if (language == "de") return kGerman;
  return kPlural;
}

// How many letters a stem must have.
int64_t LeastStem(const NameWord& word, std::string_view language, Endings endings) {
  if (word.script != WordScript::kCyrillic) {
    return endings.data() == kPlural.data() || language == "tr" ? 4 : 3;
  }
  const bool short_and_soft = CountCodePoints(word.folded) <= 4;
  return short_and_soft ? 2 : 3;
}

}  // namespace

Title TitleOf(std::string_view folded) {
  if (FemaleTitles().contains(folded)) return {true, Gender::kFemale};
  if (MaleTitles().contains(folded)) return {true, Gender::kMale};
  return {OtherTitles().contains(folded), Gender::kNotSaid};
}

bool TitleBeginsAt(std::string_view text) {
  return std::ranges::any_of(kTitlesBehind,
                             [&](std::string_view title) { return text.starts_with(title); });
}

bool IsNameParticle(std::string_view folded) { return Particles().contains(folded); }

bool IsCommonWord(std::string_view folded) { return CommonWords().contains(folded); }

std::vector<std::string> StemsOf(const NameWord& word, std::string_view language) {
  std::vector<std::string> stems;
  const std::string_view folded = word.folded;
  if (word.script == WordScript::kOther) {
    stems.emplace_back(folded);
    for (const std::string_view prefix : kPrefixes) {
      if (folded.starts_with(prefix) && CountCodePoints(folded) >= 4) {
        stems.emplace_back(folded.substr(prefix.size()));
      }
    }
    return stems;
  }
  const Endings endings = EndingsOf(word.script, language);
  const int64_t least = LeastStem(word, language, endings);
  for (const std::string_view ending : endings) {
    if (!folded.ends_with(ending)) continue;
    const std::string_view stem = folded.substr(0, folded.size() - ending.size());
    if (CountCodePoints(stem) >= (ending.empty() ? std::max<int64_t>(least, 3) : least)) {
      stems.emplace_back(stem);
    }
  }
  return stems;
}

bool IsKoreanEnding(std::string_view rest) {
  return rest.empty() || std::ranges::any_of(kKoreanEndings, [&](std::string_view ending) {
           return rest.starts_with(ending);
         });
}

}  // namespace parley
