// A client that asks as fast as one thread can and only counts: replies and their bytes.
//
// Belongs to one thread. Connections are opened by the first `run` and stay open between runs,
// which end only when every request is answered: between two runs the server has nothing left to
// do, so that its processor time can be read to the nanosecond. `assay load` times each request;
// this does not, and so can keep a server busy that costs little more than the floor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cost/reply_count.h"
#include "harness/cost/shape.h"
#include "harness/load/clock.h"
#include "harness/load/socket/address.h"
#include "harness/load/socket/descriptor.h"
#include "harness/load/socket/poller.h"
#include "harness/load/stop.h"

namespace assay::cost {

enum class BlastFault { refused, closed_early, wrong_reply, silent, interrupted };
std::string_view text(BlastFault fault) noexcept;

struct BlastTally {
  std::uint64_t requests = 0;  // all of them answered
  load::nanoseconds wall{0};
  load::nanoseconds client_cpu{0};
};

class Blast {
 public:
  using Outcome = boost::system::result<BlastTally, BlastFault>;

  // Connections take the requests in turn, and each keeps its own. `reply_bytes`: none where
  // replies differ. REQUIRES: one request at least
  Blast(load::Poller poller, const load::Address& address, const Row& row,
        const std::vector<std::string>& requests, std::optional<std::size_t> reply_bytes);

  // Sends for so long, and one batch on every connection at least; then awaits what is on the way.
  Outcome run(load::nanoseconds duration, const load::Stop& stop);

  std::size_t still_open();  // connections that the server has not closed since

 private:
  struct Slot {
    explicit Slot(std::optional<std::size_t> reply_bytes) : replies(reply_bytes) {}
    load::Descriptor socket;
    ReplyCount replies;
    bool is_busy = false;     // a reply, or the close after it, is to come
    std::size_t awaited = 0;  // replies
    std::string_view unsent;  // of the requests of this batch
  };

  std::string_view batch_of(const Slot& slot) const;
  bool start(Slot& slot);
  bool reconnect(Slot& slot);
  bool send(Slot& slot);
  bool receive(Slot& slot, bool hung_up);
  bool take(Slot& slot, std::string_view bytes);
  bool ended(Slot& slot);
  bool finish(Slot& slot);
  bool serve(const load::Poller::Event& event);
  bool turn();
  bool refuse(BlastFault fault);

  load::Poller poller_;
  load::Address address_;
  Shape shape_;
  std::vector<std::string> batches_;  // what is sent at once
  std::vector<Slot> slots_;
  std::vector<char> buffer_;
  bool is_sending_ = false;
  std::size_t busy_ = 0;  // slots that are
  std::uint64_t requests_ = 0;
  BlastFault fault_ = BlastFault::refused;
  load::TimePoint last_event_;
};

}  // namespace assay::cost
