#include "stages/moderation/endpoint_moderation.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include "base/hash.h"
#include "base/random.h"
#include "http/client.h"
#include "io/digest.h"
#include "io/file.h"
#include "io/keyed_log.h"
#include "stages/moderation/endpoint_answer.h"

namespace parley {
namespace {

using Clock = std::chrono::steady_clock;
using Millis = std::chrono::milliseconds;

constexpr int64_t kFirstWaitMillis = 500;
constexpr int64_t kLongestWaitMillis = 30'000;
constexpr int64_t kLongestToldMillis = 600'000;  // Of a Retry-After.
constexpr int64_t kBatchBytes = 1 << 20;

// What came of a request that was sent.
enum class Outcome : uint8_t { kAnswered, kTryLater, kRefused, kForbidden };

Outcome OutcomeOf(int status) {
  if (status == 200) return Outcome::kAnswered;
  if (status == 401 || status == 403 || status == 404) return Outcome::kForbidden;
  const bool later = status == 408 || status == 409 || status == 425 || status == 429;
  return later || status >= 500 ? Outcome::kTryLater : Outcome::kRefused;
}

// A number of seconds; a date is not worth a clock.
std::optional<int64_t> MillisIn(std::string_view retry_after) {
  int64_t seconds = 0;
  const char* end = retry_after.data() + retry_after.size();
  const auto [stopped, error] = std::from_chars(retry_after.data(), end, seconds);
  if (error != std::errc() || stopped == retry_after.data() || seconds < 0) return std::nullopt;
  return std::min(seconds, kLongestToldMillis / 1000) * 1000;
}

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// Clients that threads borrow, so that no more requests are under way than there are of them.
class Clients {
 public:
  Clients(const HttpAddress& address, const HttpClient::Options& options, int64_t count) {
    for (int64_t i = 0; i < count; ++i)
      free_.push_back(std::make_unique<HttpClient>(address, options));
  }

  std::unique_ptr<HttpClient> Borrow() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return !free_.empty(); });
    auto client = std::move(free_.back());
    free_.pop_back();
    return client;
  }

  void Return(std::unique_ptr<HttpClient> client) {
    {
      const std::scoped_lock lock(mutex_);
      free_.push_back(std::move(client));
    }
    returned_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<HttpClient>> free_;
};

// Texts that go out together: those of one kind of answer stand in several places.
struct Batch {
  std::vector<std::string_view> texts = {};
  std::vector<Hash128> keys = {};
};

class EndpointModeration final : public ModerationSource {
 public:
  EndpointModeration(EndpointOptions options, const EndpointSurroundings& surroundings,
                     const HttpAddress& address, const HttpClient::Options& http)
      : options_(std::move(options)),
        sleep_(surroundings.sleep),
        host_(address.host),
        clients_(std::make_unique<Clients>(address, http, options_.connections)) {
    if (!sleep_) sleep_ = [](int64_t millis) { std::this_thread::sleep_for(Millis(millis)); };
  }

  Status KeepAnswersIn(const std::string& folder) const override {
    TRY(MakeFolder(folder, true));
    kept_ = TRY(KeyedLog::Open(folder + "/answers"));
    return {};
  }

  std::string version() const override {
    return fmt::format("{} {}", host_, options_.model.empty() ? "(its own model)" : options_.model);
  }

  Result<std::vector<ModerationAnswer>> Judge(
      std::span<const ModerationText> texts) const override {
    std::map<Hash128, ModerationAnswer> answers;
    std::vector<std::optional<Hash128>> keys(texts.size());
    std::vector<Batch> batches;
    int64_t batch_bytes = 0;
    for (size_t i = 0; i < texts.size(); ++i) {
      const std::string_view text = texts[i].text;
      if (IsBlank(text)) continue;
      const Hash128 key = KeyOf(text);
      keys[i] = key;
      if (answers.contains(key)) continue;
      answers[key] = {};
      if (std::optional<ModerationAnswer> kept = TRY(Kept(key))) {
        answers[key] = std::move(*kept);
        continue;
      }
      batch_bytes += static_cast<int64_t>(text.size());
      const bool full = batches.empty() || batch_bytes > kBatchBytes ||
                        static_cast<int64_t>(batches.back().texts.size()) == options_.batch_texts;
      if (full) {
        batches.emplace_back();
        batch_bytes = static_cast<int64_t>(text.size());
      }
      batches.back().texts.push_back(text);
      batches.back().keys.push_back(key);
    }
    TRY(AskAll(batches, answers));
    std::vector<ModerationAnswer> result(texts.size());
    for (size_t i = 0; i < texts.size(); ++i) {
      if (keys[i]) {
        result[i] = answers[*keys[i]];
      } else {
        result[i].note.reason = "no text";
      }
    }
    return result;
  }

 private:
  // Of SHA-256, so that nobody can write a text that gets another's tags.
  Hash128 KeyOf(std::string_view text) const {
    Sha256 digest;
    digest.Add(fmt::format("parley moderation\n{}\n{}\n", options_.url, options_.model));
    digest.Add(text);
    return WideHashOf(digest.Hex());
  }

  Result<std::optional<ModerationAnswer>> Kept(const Hash128& key) const {
    if (!kept_) return std::optional<ModerationAnswer>();
    const std::optional<std::string> json = TRY(kept_->Find(key));
    if (!json) return std::optional<ModerationAnswer>();
    return std::optional(TRY(ModerationAnswerFromJson(*json)));
  }

  Status AskAll(const std::vector<Batch>& batches,
                std::map<Hash128, ModerationAnswer>& answers) const {
    std::atomic<size_t> next = 0;
    std::mutex mutex;
    Status failed;
    const auto work = [&] {
      for (size_t i = next++; i < batches.size(); i = next++) {
        Result<std::vector<ModerationAnswer>> got = Ask(batches[i].texts);
        const std::scoped_lock lock(mutex);
        if (!failed) return;
        Status kept = got ? Keep(batches[i], *got) : Status(std::unexpected(got.error()));
        if (!kept) {
          failed = std::move(kept);
          return;
        }
        for (size_t k = 0; k < got->size(); ++k) answers[batches[i].keys[k]] = std::move((*got)[k]);
      }
    };
    std::vector<std::jthread> others;
    const auto wanted = std::min(static_cast<size_t>(options_.connections), batches.size());
    for (size_t i = 1; i < wanted; ++i) others.emplace_back(work);
    work();
    others.clear();
    return failed;
  }

  // What has no tags is asked again another time.
  Status Keep(const Batch& batch, const std::vector<ModerationAnswer>& answers) const {
    if (!kept_) return {};
    for (size_t i = 0; i < answers.size(); ++i) {
      if (answers[i].tags) TRY(kept_->Add(batch.keys[i], ToJson(answers[i])));
    }
    return {};
  }

  Result<std::vector<ModerationAnswer>> Ask(std::span<const std::string_view> texts) const {
    const std::string request = EndpointRequest(options_.model, texts);
    std::string why;
    for (int64_t attempt = 0; attempt < options_.attempts; ++attempt) {
      Result<HttpAnswer> answer = Send(request);
      if (!answer) why = "no answer";
      int64_t wait = WaitMillis(attempt, request);
      if (answer) {
        const Outcome outcome = OutcomeOf(answer->status);
        why = fmt::format("status {}", answer->status);
        if (outcome == Outcome::kForbidden) return Forbidden(answer->status);
        if (outcome == Outcome::kRefused) return Refused(texts, answer->status);
        if (outcome == Outcome::kAnswered) {
          auto answers = EndpointAnswers(answer->body, texts.size());
          if (answers) {
            failures_ = 0;
            return answers;
          }
          why = "wrong answer";
        }
        wait = std::max(wait, MillisIn(answer->retry_after).value_or(0));
      }
      if (attempt + 1 < options_.attempts) sleep_(wait);
    }
    return Unanswered(texts.size(), why);
  }

  Result<HttpAnswer> Send(const std::string& request) const {
    WaitForTurn();
    auto client = clients_->Borrow();
    Result<HttpAnswer> answer = client->Post(request);
    clients_->Return(std::move(client));
    return answer;
  }

  // Twice as long each time, and by up to a half otherwise than the others wait.
  int64_t WaitMillis(int64_t attempt, std::string_view request) const {
    const int64_t whole =
        std::min(kFirstWaitMillis << std::min<int64_t>(attempt, 10), kLongestWaitMillis);
    Random random(HashOf(request, static_cast<uint64_t>(attempt)));
    return whole / 2 + random.Below(whole / 2 + 1);
  }

  void WaitForTurn() const {
    if (options_.requests_per_minute == 0) return;
    Clock::time_point turn;
    {
      const std::scoped_lock lock(turn_mutex_);
      turn = std::max(next_turn_, Clock::now());
      next_turn_ = turn + Millis(60'000 / options_.requests_per_minute);
    }
    const auto wait = std::chrono::ceil<Millis>(turn - Clock::now()).count();
    if (wait > 0) sleep_(wait);
  }

  Error Failure(std::string message) const {
    return {.code = Code::kIo,
            .message = fmt::format("the moderation endpoint at {} {}", host_, message)};
  }

  std::unexpected<Error> Forbidden(int status) const {
    const char* what = status == 404 ? "has nothing at this address, or no such model (status 404)"
                                     : "refuses the key, or asks for one";
    Error error =
        Failure(status == 404 ? what
                              : fmt::format("{} (status {}); it is read from the environment's {}",
                                            what, status, options_.key_variable));
    error.code = Code::kInvalid;
    return std::unexpected(std::move(error));
  }

  // One text that is refused must not take the others with it.
  Result<std::vector<ModerationAnswer>> Refused(std::span<const std::string_view> texts,
                                                int status) const {
    failures_ = 0;
    std::vector<ModerationAnswer> answers;
    if (texts.size() == 1) {
      answers.emplace_back();
      answers[0].note.reason = fmt::format("refused with status {}", status);
      return answers;
    }
    const size_t half = texts.size() / 2;
    for (const auto part : {texts.first(half), texts.subspan(half)}) {
      for (ModerationAnswer& answer : TRY(Ask(part))) answers.push_back(std::move(answer));
    }
    return answers;
  }

  Result<std::vector<ModerationAnswer>> Unanswered(size_t count, const std::string& why) const {
    if (++failures_ == options_.give_up_after) {
      return std::unexpected(Failure(
          fmt::format("did not answer {} batches in a row, each tried {} times (last: {}); the "
                      "same command goes on where it stopped",
                      options_.give_up_after, options_.attempts, why)));
    }
    std::vector<ModerationAnswer> answers(count);
    for (ModerationAnswer& answer : answers) answer.note.reason = why;
    return answers;
  }

  EndpointOptions options_;
  std::function<void(int64_t)> sleep_;
  std::string host_;
  std::unique_ptr<Clients> clients_;
  mutable std::unique_ptr<KeyedLog> kept_;     // Set once, before the first text.
  mutable std::atomic<int64_t> failures_ = 0;  // Batches without an answer, in a row.
  mutable std::mutex turn_mutex_;
  mutable Clock::time_point next_turn_;
};

Status Between(const char* name, int64_t value, int64_t least, int64_t most) {
  if (value >= least && value <= most) return {};
  return Invalid(fmt::format("{} is {}; it is {} to {}", name, value, least, most));
}

Status CheckOptions(const EndpointOptions& options) {
  TRY(Between("batch_texts", options.batch_texts, 1, 2048));
  TRY(Between("connections", options.connections, 1, 256));
  TRY(Between("requests_per_minute", options.requests_per_minute, 0, 60'000));
  TRY(Between("timeout_seconds", options.timeout_seconds, 1, 3600));
  TRY(Between("attempts", options.attempts, 1, 100));
  return Between("give_up_after", options.give_up_after, 0, 1'000'000);
}

bool IsPlainWord(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7F'; });
}

}  // namespace

Result<std::shared_ptr<const ModerationSource>> OpenEndpointModeration(
    const EndpointOptions& options, const EndpointSurroundings& surroundings) {
  if (options.url.empty()) {
    return Invalid("url is empty; backend \"endpoint\" wants the whole address of /v1/moderations");
  }
  TRY(CheckOptions(options));
  const HttpAddress address = TRY(ParseHttpAddress(options.url));
  HttpClient::Options http = {.timeout_millis = options.timeout_seconds * 1000};
  std::string key;
  if (surroundings.environment) {
    key = surroundings.environment(options.key_variable);
  } else if (const char* held = std::getenv(options.key_variable.c_str())) {
    key = held;
  }
  if (!IsPlainWord(key)) {
    return Invalid(fmt::format("the key in the environment's {} has a blank or line end in it",
                               options.key_variable));
  }
  if (!key.empty()) http.headers.emplace_back("Authorization", "Bearer " + key);
  return std::make_shared<const EndpointModeration>(options, surroundings, address, http);
}

}  // namespace parley
