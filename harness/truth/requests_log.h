// What became of every request, as lines of CSV in a file: the witness beside client and counters.
//
//   request,fate,arrival_ns,start_ns,service_ns,due_ns,written_ns
//
// in the order in which they were settled; times are those of the monotonic clock, which is the
// same in all programs of a machine. `written_ns` is 0 for a reply that never left as a whole.
// `add` puts into memory; a thread of the log's own makes and writes the text, so that no request
// waits for a disk. `finish`, once nothing is added any more, says whether all is in the file.
#pragma once

#include <condition_variable>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "harness/truth/service.h"
#include "harness/truth/truth_error.h"

namespace assay::truth {

class RequestsLog {
 public:
  static Result<std::unique_ptr<RequestsLog>> open(const std::string& path);
  ~RequestsLog();
  RequestsLog(const RequestsLog&) = delete;
  RequestsLog& operator=(const RequestsLog&) = delete;

  // By one thread. `written`: when the last byte left; nothing if it never did.
  void add(const Visit& visit, std::optional<TimePoint> written);
  Result<void> finish();

 private:
  struct Line {
    Visit visit;
    std::optional<TimePoint> written;
  };

  RequestsLog(std::string path, std::ofstream file);
  void hand_over();
  void write_all();

  std::string path_;
  std::ofstream file_;         // of the writer's thread
  std::vector<Line> filling_;  // of the thread that adds
  std::mutex mutex_;           // guards waiting_, is_over_
  std::condition_variable changed_;
  std::vector<Line> waiting_;
  bool is_over_ = false;
  std::thread writer_;
};

}  // namespace assay::truth
