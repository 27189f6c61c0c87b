#include "inference/window_reader.h"

#include <map>
#include <mutex>
#include <utility>

namespace parley {

Result<std::shared_ptr<const WindowReader>> WindowReader::Open(const std::string& folder) {
  // What is open, for as long as somebody holds it. The model never changes, so nobody can tell a
  // shared one from one's own.
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const WindowReader>> open;
  const std::lock_guard lock(mutex);
  if (std::shared_ptr<const WindowReader> reader = open[folder].lock()) return reader;
  auto reader = std::make_shared<const WindowReader>(TRY(TokenClassifier::Open(folder)));
  open[folder] = reader;
  return reader;
}

std::vector<TokenClassifier::Reading> WindowReader::Read(std::span<const Window> windows) const {
  for (const Window& window : windows) pieces_read_ += std::ssize(window.pieces);
  return model_.Read(windows);
}

std::vector<std::vector<float>> WindowReader::ScorePieces(std::span<const Window> windows) const {
  std::vector<TokenClassifier::Reading> readings = Read(windows);
  std::vector<std::vector<float>> scores;
  scores.reserve(windows.size());
  for (size_t i = 0; i < windows.size(); ++i) {
    if (!readings[i].text.empty()) {
      remembered_.Put(HashOfPieces(windows[i].pieces), readings[i].text);
    }
    scores.push_back(std::move(readings[i].pieces));
  }
  return scores;
}

std::vector<std::vector<float>> WindowReader::JudgeTexts(std::span<const Window> windows) const {
  Check(!model_.text_labels().empty(), "a model without a head for texts");
  std::vector<std::vector<float>> answers(windows.size());
  std::vector<Window> unread;
  std::vector<Hash128> hashes;
  std::map<Hash128, std::vector<size_t>> places;  // Of each window that is to be read.
  for (size_t i = 0; i < windows.size(); ++i) {
    if (windows[i].pieces.empty()) continue;
    const Hash128 hash = HashOfPieces(windows[i].pieces);
    if (auto known = remembered_.Find(hash)) {
      answers[i] = *std::move(known);
      continue;
    }
    std::vector<size_t>& same = places[hash];
    if (same.empty()) {
      unread.push_back(windows[i]);
      hashes.push_back(hash);
    }
    same.push_back(i);
  }
  const std::vector<TokenClassifier::Reading> readings = Read(unread);
  for (size_t i = 0; i < unread.size(); ++i) {
    remembered_.Put(hashes[i], readings[i].text);
    for (const size_t place : places.at(hashes[i])) answers[place] = readings[i].text;
  }
  return answers;
}

}  // namespace parley
