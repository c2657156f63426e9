// One socket and its Channel in an event loop: reads, answers all that arrived, writes.
//
// Belongs to one EventLoop, which makes it and is told when it has ended and may be destroyed.
// Everything happens on the loop's thread but `work_for`, which the model `pool` leaves to a worker
// thread; until that is done the loop does not touch the session's channel and socket. While a
// reply is being made elsewhere nothing of the peer is read.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "server/runtime/channel.h"
#include "server/runtime/deadlines.h"
#include "server/runtime/descriptor.h"
#include "server/runtime/socket_watch.h"
#include "server/runtime/workspace.h"

namespace assay::runtime {

class EventLoop;
class WakeCall;

class Session {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // `socket` as `accept_connection` gives it.
  Session(EventLoop& loop, Descriptor socket, Time now);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // These may destroy the session.
  void begin();  // its first turn; nothing of it is watched before
  void on_ready();
  void resume();  // as `give_turn` and `bring_back` of the loop asked for
  void end();
  void look_at_deadlines(Time now);
  void drain(bool late, Time now);
  // Says that there is no room, without waiting for anything. For one that is not watched.
  void turn_away();
  // On a worker's thread; `resume` follows.
  void work_for(Workspace& space);

  bool may_be_evicted() const;  // it only waits for its peer
  void evict() { cut(); }
  std::uint64_t last_turn() const { return last_turn_; }  // of its loop: the lowest waits longest

  std::size_t slot = 0;  // where the loop has it
  Session* next_in_queue = nullptr;

 private:
  enum class Wait : std::uint8_t { bytes, room, turn, reply, nothing, error };
  enum class Place : std::uint8_t { here, with_worker, in_line, awaits_reply };
  enum class Start : std::uint8_t { with_bytes, going_on, with_reply };

  void run(Start start);
  void take_date();
  template <class Act>
  Wait guarded(Workspace& space, Act act);
  const std::string& peer();
  Wait work(Start start, Workspace& space);
  Wait advance(Workspace& space);
  bool read(Workspace& space);
  Wait write();
  void wait(Wait next);
  void await_reply();
  bool await(SocketWatch::For what);
  void refuse();
  void finish();
  void discard();
  void reset();
  void cut();

  EventLoop& loop_;
  Descriptor socket_;
  std::unique_ptr<std::string> date_;  // the channel's own, where a worker may read it
  Channel channel_;
  Deadlines deadlines_;
  std::shared_ptr<WakeCall> call_;     // of the reply that is awaited
  std::unique_ptr<std::string> peer_;  // its name, where replies are reported
  std::uint64_t last_turn_ = 0;
  std::uint64_t moved_ = 0;  // bytes that the peer took
  Time finish_began_{};
  SocketWatch::For awaited_ = SocketWatch::For::nothing;  // of the loop's watch
  Place place_ = Place::here;
  Start start_ = Start::with_bytes;  // of the worker
  Wait returned_ = Wait::nothing;    // by the worker
  bool watched_ = false;
  bool input_full_ = false;  // by the last read: the socket may hold more
  bool finishing_ = false;   // all is written and said; what still comes is thrown away
  bool ended_ = false;
};

}  // namespace assay::runtime
