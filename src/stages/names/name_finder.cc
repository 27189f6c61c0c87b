#include "stages/names/name_finder.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <utility>

#include "inference/window_cache.h"
#include "io/data_files.h"
#include "io/file.h"
#include "stages/names/bio_decoder.h"
#include "stages/names/known_persons.h"
#include "stages/names/mention_edges.h"
#include "stages/names/name_lists.h"
#include "stages/names/name_screen.h"
#include "stages/names/piece_labeller.h"
#include "stages/names/stretches.h"
#include "stages/names/word_scan.h"
#include "stages/redact/tags.h"

namespace parley {
namespace {

constexpr int64_t kOverlapPieces = 32;
constexpr std::string_view kPerson = "PER";

/// Numbers that several threads add to.
struct AtomicCounts {
  std::atomic<int64_t> texts = 0;
  std::atomic<int64_t> bytes = 0;
  std::atomic<int64_t> sentences = 0;
  std::atomic<int64_t> sentences_read = 0;
  std::atomic<int64_t> bytes_read = 0;
  std::atomic<int64_t> stretches = 0;
  std::atomic<int64_t> mentions = 0;
  std::atomic<int64_t> mentions_listed = 0;
  std::atomic<int64_t> cache_hits = 0;
  std::atomic<int64_t> pieces_read = 0;
};

/// A stretch of one of the texts, and what became of it.
struct Job {
  size_t text = 0;
  Stretch stretch;
  Hash128 hash = {};
  std::vector<PieceRun> runs = {};
};

// The path of `file` in the folder `name`, or in the data folder of that name.
Result<std::string> PathIn(const std::string& name, const std::string& file) {
  const std::string path = name + "/" + file;
  // A bare name is never looked for in the folder one happens to stand in.
  return name.contains('/') ? Result<std::string>(path) : FindDataFile(path);
}

std::string FolderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

struct NameFinder::State {
  State(const Options& finder_options, std::shared_ptr<const PieceLabeller> finder_labeller,
        std::shared_ptr<const NameLists> finder_lists, std::shared_ptr<const NameOdds> odds,
        KnownPersons known, BioDecoder bio)
      : options(finder_options),
        labeller(std::move(finder_labeller)),
        lists(std::move(finder_lists)),
        persons(std::move(known)),
        decoder(std::move(bio)),
        screen(lists, std::move(odds)),
        cache(finder_options.cached_windows) {}

  std::vector<Sentence> SentencesToRead(const NameText& text);
  void CutText(const NameText& text, size_t index, std::vector<Job>& jobs);
  void Judge(std::vector<Job>& jobs);
  void ReadNew(const std::vector<Job*>& jobs);
  std::vector<PieceRun> DecodeStretch(const Stretch& stretch, std::span<const float> scores) const;
  void AddMentions(std::string_view text, const Job& job, std::vector<NameMention>& mentions) const;
  void Finish(std::string_view text, std::vector<NameMention>& mentions);
  bool HoldsListedName(std::string_view name) const;

  Options options;
  std::shared_ptr<const PieceLabeller> labeller;
  std::shared_ptr<const NameLists> lists;
  KnownPersons persons;
  BioDecoder decoder;
  NameScreen screen;
  WindowCache<std::vector<PieceRun>> cache;
  AtomicCounts counts;
};

std::vector<Sentence> NameFinder::State::SentencesToRead(const NameText& text) {
  NameScreen::Answer answer;
  const bool short_text = static_cast<int64_t>(text.text.size()) <= options.unscreened_bytes;
  // A text with a tag was read before that was put in; most of what is read again is such.
  if (options.screen && (!short_text || !FindTags(text.text).empty())) {
    answer = screen.Screen(text);
  } else {
    answer.read = CutSentences(text.text);
    answer.sentences = static_cast<int64_t>(answer.read.size());
  }
  ++counts.texts;
  counts.bytes += static_cast<int64_t>(text.text.size());
  counts.sentences += answer.sentences;
  counts.sentences_read += static_cast<int64_t>(answer.read.size());
  for (const Sentence& sentence : answer.read) counts.bytes_read += sentence.end - sentence.begin;
  return answer.read;
}

void NameFinder::State::CutText(const NameText& text, size_t index, std::vector<Job>& jobs) {
  for (Stretch& stretch : CutStretches(text.text, SentencesToRead(text), *labeller)) {
    Job& job = jobs.emplace_back(Job{.text = index, .stretch = std::move(stretch)});
    job.hash = HashOfPieces(job.stretch.pieces);
    ++counts.stretches;
  }
}

// Fills in the runs of every job: from the cache, from an equal stretch of this call, or by
// reading.
void NameFinder::State::Judge(std::vector<Job>& jobs) {
  std::map<Hash128, Job*> first_of;
  std::vector<Job*> unread;
  for (Job& job : jobs) {
    if (first_of.contains(job.hash)) {
      ++counts.cache_hits;
      continue;
    }
    first_of.emplace(job.hash, &job);
    if (auto known = cache.Find(job.hash)) {
      job.runs = *std::move(known);
      ++counts.cache_hits;
    } else {
      unread.push_back(&job);
    }
  }
  ReadNew(unread);
  for (const Job* job : unread) cache.Put(job->hash, job->runs);
  for (Job& job : jobs) {
    const Job* first = first_of.at(job.hash);
    if (first != &job) job.runs = first->runs;
  }
}

void NameFinder::State::ReadNew(const std::vector<Job*>& jobs) {
  std::vector<PieceLabeller::Window> windows;
  std::vector<std::vector<StretchWindow>> cuts;
  for (const Job* job : jobs) {
    const std::vector<TextPiece>& pieces = job->stretch.pieces;
    cuts.push_back(CutWindows(static_cast<int64_t>(pieces.size()), labeller->max_pieces(),
                              std::min<int64_t>(kOverlapPieces, labeller->max_pieces() / 4)));
    for (const StretchWindow& cut : cuts.back()) {
      windows.push_back({.pieces = {pieces.begin() + cut.first, pieces.begin() + cut.last}});
      counts.pieces_read += cut.last - cut.first;
    }
  }
  if (windows.empty()) return;
  const std::vector<std::vector<float>> scores = labeller->Score(windows);
  const auto label_count = static_cast<int64_t>(labeller->labels().size());
  size_t window = 0;
  for (size_t i = 0; i < jobs.size(); ++i) {
    std::vector<float> whole;
    for (const StretchWindow& cut : cuts[i]) {
      const auto row = scores[window++].begin();
      whole.insert(whole.end(), row + (cut.keep_first - cut.first) * label_count,
                   row + (cut.keep_last - cut.first) * label_count);
    }
    jobs[i]->runs = DecodeStretch(jobs[i]->stretch, whole);
  }
}

std::vector<PieceRun> NameFinder::State::DecodeStretch(const Stretch& stretch,
                                                       std::span<const float> scores) const {
  std::vector<bool> is_break;
  for (const TextPiece& piece : stretch.pieces) {
    is_break.push_back(piece.id == UnigramTokenizer::kNewline);
  }
  return decoder.Decode(scores, is_break, options.recall_bias);
}

void NameFinder::State::AddMentions(std::string_view text, const Job& job,
                                    std::vector<NameMention>& mentions) const {
  for (const PieceRun& run : job.runs) {
    const TextSpan pieces{.begin = job.stretch.pieces[run.first].begin,
                          .end = job.stretch.pieces[run.last - 1].end};
    const std::optional<TextSpan> span = MentionEdges(text, pieces);
    if (!span) continue;
    if (mentions.empty() || mentions.back().end <= span->begin) {
      mentions.push_back({.begin = span->begin, .end = span->end, .score = run.score});
      continue;
    }
    NameMention& last = mentions.back();  // Made whole, the two became one.
    last.begin = std::min(last.begin, span->begin);
    last.end = std::max(last.end, span->end);
    last.score = std::max(last.score, run.score);
  }
}

// Leaves out what stands in tags of the source, and says of the rest whose names they are.
void NameFinder::State::Finish(std::string_view text, std::vector<NameMention>& mentions) {
  if (mentions.empty()) return;
  if (text.find('_') != std::string_view::npos) {
    const std::vector<StandingTag> tags = FindTags(text);
    size_t tag = 0;
    std::erase_if(mentions, [&](const NameMention& mention) {
      while (tag < tags.size() && tags[tag].end <= mention.begin) ++tag;
      return tag < tags.size() && tags[tag].begin < mention.end;
    });
  }
  for (NameMention& mention : mentions) {
    const std::string_view name = text.substr(mention.begin, mention.end - mention.begin);
    mention.kind = persons.KindOf(name);
    mention.eponym = persons.IsEponym(text, {.begin = mention.begin, .end = mention.end});
    ++counts.mentions;
    if (HoldsListedName(name)) ++counts.mentions_listed;
  }
}

bool NameFinder::State::HoldsListedName(std::string_view name) const {
  std::vector<TextWord> words;
  ScanWords(name, 0, static_cast<int64_t>(name.size()), words);
  std::string lower;
  return std::ranges::any_of(words, [&](const TextWord& word) {
    LowerForm(name.substr(word.begin, word.end - word.begin), lower);
    const WordFacts* facts = lists->Find(lower);
    return facts != nullptr && facts->is_name();
  });
}

NameFinder::NameFinder(std::unique_ptr<State> state) : state_(std::move(state)) {}
NameFinder::NameFinder(NameFinder&&) noexcept = default;
NameFinder& NameFinder::operator=(NameFinder&&) noexcept = default;
NameFinder::~NameFinder() = default;

Result<NameFinder> NameFinder::Create(const Options& options) {
  const std::string weights = TRY(PathIn(options.model, "weights.safetensors"));
  std::shared_ptr<const PieceLabeller> labeller = TRY(OpenPieceLabeller(FolderOf(weights)));
  return Create(options, std::move(labeller));
}

Result<NameFinder> NameFinder::Create(const Options& options,
                                      std::shared_ptr<const PieceLabeller> labeller) {
  if (options.cached_windows < 0) return Invalid("cached_windows is below nought");
  const std::string words_path = TRY(PathIn(options.lists, "words.bin"));
  const std::string persons_path = TRY(PathIn(options.lists, "persons.txt"));
  auto lists = std::make_shared<const NameLists>(TRY(NameLists::Read(words_path)));
  std::shared_ptr<const NameOdds> odds;
  if (options.screen && options.odds) {
    const std::string odds_path = TRY(PathIn(options.lists, "screen.safetensors"));
    odds = std::make_shared<const NameOdds>(TRY(NameOdds::Read(odds_path)));
  }
  KnownPersons persons = TRY(KnownPersons::Read(persons_path));
  BioDecoder decoder = TRY(BioDecoder::Create(labeller->labels(), kPerson));
  return NameFinder(std::make_unique<State>(options, std::move(labeller), std::move(lists),
                                            std::move(odds), std::move(persons),
                                            std::move(decoder)));
}

std::vector<std::vector<NameMention>> NameFinder::Find(std::span<const NameText> texts) const {
  std::vector<Job> jobs;
  for (size_t i = 0; i < texts.size(); ++i) state_->CutText(texts[i], i, jobs);
  state_->Judge(jobs);
  std::vector<std::vector<NameMention>> mentions(texts.size());
  for (const Job& job : jobs) {
    state_->AddMentions(texts[job.text].text, job, mentions[job.text]);
  }
  for (size_t i = 0; i < texts.size(); ++i) state_->Finish(texts[i].text, mentions[i]);
  return mentions;
}

NameCounts NameFinder::counts() const {
  const AtomicCounts& counts = state_->counts;
  return {.texts = counts.texts,
          .bytes = counts.bytes,
          .sentences = counts.sentences,
          .sentences_read = counts.sentences_read,
          .bytes_read = counts.bytes_read,
          .stretches = counts.stretches,
          .mentions = counts.mentions,
          .mentions_listed = counts.mentions_listed,
          .cache_hits = counts.cache_hits,
          .pieces_read = counts.pieces_read};
}

}  // namespace parley
