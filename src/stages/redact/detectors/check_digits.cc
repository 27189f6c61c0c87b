#include "stages/redact/detectors/check_digits.h"

#include <algorithm>
#include <array>

#include "stages/redact/letters.h"

namespace parley {

bool PassesLuhn(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (size_t i = digits.size(); i-- > 0; twice = !twice) {
    const int digit = digits[i] - '0';
    sum += twice ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
  }
  return !digits.empty() && sum % 10 == 0;
}

bool PassesMod11And10(std::string_view digits) {
  if (digits.size() < 2) return false;
  int product = 10;
  for (const char c : digits.substr(0, digits.size() - 1)) {
    const int sum = (c - '0' + product) % 10;
    product = 2 * (sum == 0 ? 10 : sum) % 11;
  }
  return (11 - product) % 10 == digits.back() - '0';
}

bool PassesVerhoeff(std::string_view digits) {
  // Products in D5: 0 to 4 turn a pentagon, 5 to 9 turn and flip it.
  const auto multiply = [](int a, int b) {
    if (a < 5) return b < 5 ? (a + b) % 5 : 5 + (a + b - 5) % 5;
    return b < 5 ? 5 + (a - 5 - b + 5) % 5 : (a - b + 5) % 5;
  };
  static constexpr std::array<int, 10> kPermutation = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  int check = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    int digit = digits[digits.size() - 1 - i] - '0';
    for (size_t turn = 0; turn < i % 8; ++turn) digit = kPermutation[static_cast<size_t>(digit)];
    check = multiply(check, digit);
  }
  return !digits.empty() && check == 0;
}

int RemainderBy97(std::string_view text) {
  int remainder = 0;
  for (const char c : text) {
    const bool digit = IsDigit(c);
    const int value = digit ? c - '0' : ToLower(c) - 'a' + 10;
    remainder = (remainder * (digit ? 10 : 100) + value) % 97;
  }
  return remainder;
}

int WeightedSum(std::string_view digits, std::initializer_list<int> weights) {
  int sum = 0;
  size_t at = 0;
  for (const int weight : weights) {
    if (at == digits.size()) break;
    sum += weight * (digits[at++] - '0');
  }
  return sum;
}

int64_t NumberOf(std::string_view digits) {
  int64_t number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

bool IsOneByteRepeated(std::string_view text) {
  return std::ranges::all_of(text, [&](char c) { return c == text.front(); });
}

bool IsCalendarDate(int64_t year, int64_t month, int64_t day) {
  static constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1 || day > kDays[static_cast<size_t>(month - 1)])
    return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month != 2 || day < 29 || leap;
}

}  // namespace parley
