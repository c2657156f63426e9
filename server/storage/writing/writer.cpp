#include "server/storage/writing/writer.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "server/storage/writing/delivery.h"
#include "server/storage/writing/linger.h"
#include "server/storage/writing/write_transactions.h"

namespace assay::storage {

// What the thread does, from start to stop.
class Writer::Work {
 public:
  explicit Work(Writer& writer)
      : settings_(writer.settings_),
        queue_(writer.queue_),
        counts_(writer.counts_),
        sweeps_(writer.sweeps_),
        transactions_(writer.path_, writer.settings_, writer.commits_, writer.counts_,
                      writer.busy_),
        limit_(settings_.group_commit ? std::max<std::size_t>(1, settings_.batch_limit) : 1),
        linger_(settings_.batch_time) {
    batch_.reserve(limit_);
  }

  void run() {
    const WritingThread here;
    next_sweep_ = Clock::now();  // what got over while nothing ran
    while (true) {
      const bool is_open = queue_.wait_for(1, next_chore());
      if (queue_.length() > 0) {
        perform_batch(is_open);
      } else if (!is_open) {
        break;
      } else {
        transactions_.checkpoints().when_idle();
      }
      delivery_.tell_again();
      if (Clock::now() >= next_sweep_) sweep();
    }
    delivery_.tell_again();
  }

 private:
  using Clock = WriteQueue::Clock;
  using Items = WriteTransactions::Items;
  // Nothing was submitted for so long: what comes next does not wait behind a checkpoint, likely.
  static constexpr auto quiet = std::chrono::milliseconds(50);

  Clock::time_point next_chore() {
    const bool is_soon = delivery_.has_untold() || transactions_.checkpoints().is_behind();
    return is_soon ? std::min(next_sweep_, Clock::now() + quiet) : next_sweep_;
  }

  void perform_batch(bool is_open) {
    const std::size_t expected = std::min(linger_.expected(), limit_);
    if (is_open && expected > queue_.length()) {
      queue_.wait_for(expected, Clock::now() + linger_.limit());
    }
    queue_.take(batch_, limit_);
    const std::size_t waiting = queue_.length();
    const auto began = Clock::now();
    const auto until = began + settings_.batch_time;
    const auto locked = transactions_.perform(batch_, [&](Items& batch) {
      const std::size_t before = batch.size();
      if (before < limit_ && Clock::now() < until) queue_.take(batch, limit_);
      return batch.size() > before;
    });
    linger_.learn(batch_.size(), queue_.length(), Clock::now() - began);
    delivery_.tell(batch_);
    if (locked) refuse(is_open ? waiting : queue_.length(), *locked);
    transactions_.checkpoints().after_commit();
  }

  // They have waited for the same lock, and for as long; at the end nobody waits for it once more.
  void refuse(std::size_t operations, const StorageError& locked) {
    for (; operations > 0 && queue_.length() > 0; --operations) {
      queue_.take(batch_, 1);
      WriteOperation& operation = *batch_.front();
      operation.fail(std::make_exception_ptr(StorageError(locked)),
                     WriteOperation::Fault::of_storage);
      if (operation.writes()) WriterCounts::add(counts_.failed, 1);
      delivery_.tell(batch_);
    }
  }

  // A little at a time, so that writes need not wait for all of it.
  void sweep() {
    std::size_t swept = 0;
    for (const Sweep& sweep : sweeps_) swept += transactions_.sweep(sweep);
    if (swept == 0) next_sweep_ = Clock::now() + settings_.sweep_period;
  }

  const Settings& settings_;
  WriteQueue& queue_;
  WriterCounts& counts_;
  const std::vector<Sweep>& sweeps_;
  WriteTransactions transactions_;
  std::size_t limit_;
  Linger linger_;
  Delivery delivery_;
  Items batch_;
  Clock::time_point next_sweep_;
};

Writer::Writer(std::string path, const Settings& settings, CommitCount& commits,
               WriterCounts& counts, BusyCounts* busy)
    : path_(std::move(path)),
      settings_(settings),
      commits_(commits),
      counts_(counts),
      busy_(busy),
      queue_(settings.queue_limit, counts) {}

Writer::~Writer() { stop(); }

void Writer::add_sweep(Sweep sweep) { sweeps_.push_back(std::move(sweep)); }

void Writer::start() {
  work_ = std::make_unique<Work>(*this);
  queue_.open();
  try {
    thread_ = std::thread([this] { work_->run(); });
  } catch (...) {
    stop();
    throw;
  }
}

void Writer::stop() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
  work_.reset();
}

}  // namespace assay::storage
