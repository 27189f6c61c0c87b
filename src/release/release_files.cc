#include "release/release_files.h"

#include <algorithm>
#include <utility>

#include "io/data_files.h"
#include "io/digest.h"
#include "io/file.h"
#include "release/card.h"
#include "release/croissant.h"
#include "release/report.h"

namespace parley {

Result<std::vector<ReleaseFile>> WriteReleaseFiles(const std::string& folder,
                                                   const ReleaseFacts& facts) {
  const std::string script_path = TRY(FindDataFile("report/echarts.min.js"));
  const std::string script = TRY(ReadWholeFile(script_path));
  TRY(MakeFolder(folder + "/report"));
  std::vector<std::pair<std::string, std::string>> texts = {
      {"README.md", EnglishCard(facts)},
      {"README_zh.md", ChineseCard(facts)},
      {"croissant.json", CroissantJson(facts)},
      {"report/index.html", ReportPage(facts, script)}};
  if (!facts.card.licence_text.empty()) {
    texts.emplace_back("LICENSE", facts.card.licence_text + "\n");
  }
  std::vector<ReleaseFile> files;
  for (const ShardInfo& shard : facts.shards) {
    files.push_back({"data/" + shard.name, shard.size_bytes, shard.sha256});
  }
  for (const auto& [name, text] : texts) {
    TRY(WriteWholeFile(folder + "/" + name, text));
    files.push_back({name, static_cast<int64_t>(text.size()), Sha256Hex(text)});
  }
  std::ranges::sort(files, {}, &ReleaseFile::path);
  TRY(WriteWholeFile(folder + "/manifest.json", ManifestJson(facts, files)));
  return files;
}

}  // namespace parley
