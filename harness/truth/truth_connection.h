// One connection of the truth server: what it is owed, and what of that the socket has not taken.
//
// Data of one loop, which alone touches it; here stands what concerns a single connection.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/load/socket/descriptor.h"
#include "harness/truth/request_reader.h"
#include "harness/truth/service.h"

namespace assay::truth {

// A reply that has been promised for a time. A connection's replies leave in the order of their
// requests, so `due` is never before that of the reply before it.
struct Owed {
  TimePoint due;
  std::uint64_t order = 0;       // of promising, for those that are due together
  int file = -1;                 // the connection's socket,
  std::uint64_t connection = 0;  // unless that is another connection's by now
  Request request;
  Visit visit;  // not for the record
};

struct TruthConnection {
  enum class Sent { all, some, broken };

  load::Descriptor socket;
  std::uint64_t number = 0;  // never used again
  RequestReader reader;
  TimePoint last_due;
  bool reads_no_more = false;  // it was asked to close: what comes after is not looked at
  bool is_silent = false;
  bool ends = false;         // once all is sent
  bool awaits_room = false;  // since the socket was full
  std::string unsent;
  std::size_t sent = 0;       // of `unsent`
  std::vector<Owed> sending;  // whose replies are in `unsent`

  // To call again when there is room, if not all was sent.
  Sent send();
  // The end of what is sent, in order; the peer then closes. To close at once would reset the
  // connection if it had sent anything more, and take from it what it has not read yet.
  void finish();
  // Closes so that the peer gets a reset and nothing else.
  void reset();
};

}  // namespace assay::truth
