// The event loop of the truth server: reads requests, asks the service when each is due, and sends
// what it is owed at that time.
//
// `run` is called once, in the loop's thread, and returns once `ending` is readable. All of it is
// one thread's, because one order of arrival over all connections is what makes it exact.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <queue>
#include <span>
#include <string>
#include <vector>

#include "harness/load/socket/descriptor.h"
#include "harness/truth/alarm.h"
#include "harness/truth/floor_queue.h"
#include "harness/truth/ledger.h"
#include "harness/truth/replies.h"
#include "harness/truth/service.h"
#include "harness/truth/truth_connection.h"
#include "harness/truth/truth_settings.h"

namespace assay::truth {

class TruthLoop {
 public:
  // `ending` becomes readable when all is over, and stays so. `log` is perhaps none.
  TruthLoop(load::Descriptor listener, int ending, const TruthSettings& settings, RequestsLog* log);

  bool is_usable() const { return is_usable_; }  // if not, errno said why when it was made
  void run();

 private:
  struct Later {
    bool operator()(const Owed& one, const Owed& other) const {
      return one.due != other.due ? one.due > other.due : one.order > other.order;
    }
  };

  std::span<const int> ready_files();
  void accept_some();
  void serve(int file, TimePoint now);
  void read(TruthConnection& connection, TimePoint now);
  void promise(TruthConnection& connection, const Request& request, TimePoint now);
  void answer_all_due();
  void answer(const Owed& owed);
  void put(TruthConnection& connection, const Owed& owed);
  void send(TruthConnection& connection);
  void drop(TruthConnection& connection);
  void lose(const Owed& owed);
  void lose_all();
  std::string record(TimePoint now) const;

  TruthSettings settings_;
  TimePoint began_;
  FloorQueue queue_;
  Alarm alarm_;
  std::optional<TimePoint> alarm_at_;
  load::Descriptor listener_;
  int ending_;
  bool is_usable_;
  Service service_;
  Replies replies_;
  Ledger ledger_;
  std::uint64_t last_connection_ = 0;
  std::uint64_t open_connections_ = 0;
  std::uint64_t promised_ = 0;
  std::vector<TruthConnection> connections_;                  // by the number of their socket
  std::priority_queue<Owed, std::vector<Owed>, Later> owed_;  // what is due first on top
  std::vector<int> answered_;  // connections that have something to send
  std::vector<Request> requests_;
  std::vector<char> buffer_;
};

}  // namespace assay::truth
