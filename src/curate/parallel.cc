#include "curate/parallel.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <map>
#include <mutex>

namespace parley {

Status ForEachIndex(size_t count, int threads, const std::function<Status(size_t)>& work) {
  std::atomic<size_t> next = 0;
  std::atomic<bool> failed = false;
  std::mutex mutex;
  std::map<size_t, Error> errors;
  const auto worker = [&](const tbb::blocked_range<int>&) {
    while (!failed) {
      const size_t index = next++;
      if (index >= count) return;
      const Status status = work(index);
      if (status) continue;
      const std::scoped_lock lock(mutex);
      errors.emplace(index, status.error());
      failed = true;
    }
  };
  tbb::task_arena arena(threads);
  arena.execute([&] {
    tbb::parallel_for(tbb::blocked_range<int>(0, threads, 1), worker, tbb::simple_partitioner());
  });
  if (errors.empty()) return {};
  return std::unexpected(errors.begin()->second);
}

}  // namespace parley
