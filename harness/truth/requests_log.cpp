#include "harness/truth/requests_log.h"

#include <cerrno>
#include <cstring>
#include <iterator>
#include <utility>

#include <fmt/format.h>

namespace assay::truth {
namespace {

constexpr std::size_t lines_at_once = 4096;

long long count(TimePoint time) { return nanoseconds(time.time_since_epoch()).count(); }

}  // namespace

Result<std::unique_ptr<RequestsLog>> RequestsLog::open(const std::string& path) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  if (!file) return TruthError::unwritable_file(path, std::strerror(errno));
  file << "request,fate,arrival_ns,start_ns,service_ns,due_ns,written_ns\n";
  return std::unique_ptr<RequestsLog>(new RequestsLog(path, std::move(file)));
}

RequestsLog::RequestsLog(std::string path, std::ofstream file)
    : path_(std::move(path)), file_(std::move(file)), writer_([this] { write_all(); }) {
  filling_.reserve(lines_at_once);
}

RequestsLog::~RequestsLog() { (void)finish(); }

void RequestsLog::add(const Visit& visit, std::optional<TimePoint> written) {
  filling_.push_back({visit, written});
  if (filling_.size() >= lines_at_once) hand_over();
}

void RequestsLog::hand_over() {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.empty()) {
      waiting_.swap(filling_);
    } else {
      waiting_.insert(waiting_.end(), filling_.begin(), filling_.end());
    }
  }
  filling_.clear();
  changed_.notify_one();
}

Result<void> RequestsLog::finish() {
  if (writer_.joinable()) {
    hand_over();
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    changed_.notify_one();
    writer_.join();
    file_.close();
  }
  if (!file_) return TruthError::unwritable_file(path_, "not all lines of the log were taken");
  return {};
}

void RequestsLog::write_all() {
  std::vector<Line> lines;
  std::string text;
  for (bool is_over = false; !is_over;) {
    lines.clear();
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return is_over_ || !waiting_.empty(); });
      is_over = is_over_;
      lines.swap(waiting_);
    }
    text.clear();
    for (const auto& [visit, written] : lines) {
      fmt::format_to(std::back_inserter(text), "{},{},{},{},{},{},{}\n", visit.request,
                     model::name_of(visit.fate), count(visit.arrival), count(visit.start),
                     visit.service.count(), count(visit.due), written ? count(*written) : 0);
    }
    file_ << text;
  }
}

}  // namespace assay::truth
