// How an operation says that it failed.
//
// Three kinds of trouble take three roads: a bad record is data and goes to the ledger; a failed
// operation is a `Status`; a bug meets a `Check`, which stops the program in every build.

#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace parley {

/// What kind of failure it was: enough to choose an exit code or a retry, no more.
enum class Code : uint8_t {
  kInvalid,    ///< The caller, a recipe or a record is wrong; a retry would fail again.
  kNotFound,   ///< A file or an id that should be there is not.
  kIo,         ///< The system refused: a full disk, a failing read.
  kConflict,   ///< Somebody else holds it, or it is already something else.
  kTooLarge,   ///< Over a stated limit.
  kChanged,    ///< It is not what it was when it was first looked at.
  kBadRecord,  ///< A record is broken, and the caller asked to stop at the first.
  kLeak,       ///< What was about to be released holds what it must not hold.
};

/// Where the trouble is. Nought and empty mean "not known".
struct Place {
  std::string file = {};
  int64_t line = 0;   ///< Counted from 1.
  int64_t byte = -1;  ///< Offset from the start of the uncompressed file, from 0.
};

struct Error {
  Code code = Code::kInvalid;
  std::string
      message;  ///< One sentence that says what to do where that is known; no personal values.
  Place place = {};
};

/// "file:line (byte N): message", leaving out what is not known.
std::string Describe(const Error& error);

template <class T>
struct [[nodiscard]] Result : std::expected<T, Error> {
  using std::expected<T, Error>::expected;
};
using Status = Result<void>;

inline std::unexpected<Error> Fail(Code code, std::string message, Place place = {}) {
  return std::unexpected(Error{code, std::move(message), std::move(place)});
}
inline std::unexpected<Error> Invalid(std::string message, Place place = {}) {
  return Fail(Code::kInvalid, std::move(message), std::move(place));
}

/// Stops the program with `message` if `condition` does not hold: for bugs, in every build.
void Check(bool condition, std::string_view message);

}  // namespace parley

/// The value of a `Result`, or a return of its error from the function it stands in.
#define TRY(...)                                                                        \
  __extension__({                                                                       \
    auto&& try_result = (__VA_ARGS__);                                                  \
    if (!try_result.has_value()) return std::unexpected(std::move(try_result).error()); \
    ::parley::internal::Unwrap(std::move(try_result));                                  \
  })

namespace parley::internal {
template <class T>
T Unwrap(Result<T>&& result) {
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}
}  // namespace parley::internal
