// Writes that wait for the writer, in the order in which they were submitted, and not too many.
//
// Any thread may push. The rest is the writer's thread's, but for `open` and `close`.
#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "server/storage/writing/write_operation.h"
#include "server/storage/writing/writer_counts.h"

namespace assay::storage {

class WriteQueue {
 public:
  using Item = std::shared_ptr<WriteOperation>;
  using Clock = std::chrono::steady_clock;

  WriteQueue(std::size_t limit, WriterCounts& counts) : limit_(limit), counts_(counts) {}

  // Throws StorageError::queue_full, or ::closing; then nothing was taken. What only reads is never
  // too much: a thread waits for each.
  void push(Item item);

  void open();
  void close();  // refuses what comes from now on, and ends all waiting

  // Until this many wait, the queue is closed, or it is `until`. Returns whether it is still open.
  bool wait_for(std::size_t number, Clock::time_point until);
  std::size_t length() const;
  // Appends the first ones to `items`, which holds at most `most` afterwards. One that is done
  // alone is taken alone.
  void take(std::vector<Item>& items, std::size_t most);

 private:
  bool has_next();
  bool may_join(const std::vector<Item>& items) const;

  std::size_t limit_;
  WriterCounts& counts_;  // its queue_length is ours to count
  std::atomic<std::size_t> length_ = 0;
  std::mutex mutex_;  // guards all below but the last two
  std::condition_variable wanted_number_is_there_;
  std::vector<Item> incoming_;
  std::size_t wanted_number_ = 0;  // 0: the writer does not wait
  bool open_ = false;
  // What the writer took in one piece, and has not given out yet.
  std::vector<Item> taken_;
  std::size_t given_ = 0;
};

}  // namespace assay::storage
