// One socket and its Channel in an event loop: reads, answers all that arrived, writes, reads
// again.
//
// Belongs to one EventLoop, which makes it and, when it has ended and nothing of it is under way,
// is told to destroy it. Everything happens on the loop's thread but `work`, which the model `pool`
// gives to a worker thread; until that is done the loop does not touch the session's channel.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>

#include "server/runtime/channel.h"
#include "server/runtime/deadlines.h"
#include "server/runtime/workspace.h"

namespace assay::runtime {

class EventLoop;

class Session {
 public:
  using Time = std::chrono::steady_clock::time_point;
  // The concrete executor: a polymorphic one costs 0.1 to 0.3 us a request.
  using Socket = boost::asio::basic_stream_socket<boost::asio::generic::stream_protocol,
                                                  boost::asio::io_context::executor_type>;

  Session(EventLoop& loop, Socket socket, Time now);

  void start() { read(); }
  // These may destroy the session.
  void end();
  void look_at_deadlines(Time now);
  void drain(bool late);

  bool may_be_evicted() const;                            // it only waits for its peer
  std::uint64_t last_turn() const { return last_turn_; }  // of its loop: the lowest waits longest

  std::size_t slot = 0;  // where the loop has it

 private:
  enum class Wait : std::uint8_t { bytes, room, turn, nothing, error };

  void read();
  void wait_for_room();
  void on_read(bool failed, std::size_t count);
  void run(std::size_t count);
  Wait work(std::size_t count, Workspace& space);
  Wait advance(Workspace& space);
  Wait write();
  bool read_more(Workspace& space);
  void wait(Wait next);
  void refuse();
  bool may_have_unread() const;
  void finish();
  void reset();

  EventLoop& loop_;
  Socket socket_;
  std::string date_;  // what the channel reads: this one's own where a worker may read it
  Channel channel_;
  Deadlines deadlines_;
  std::uint64_t last_turn_ = 0;
  std::uint64_t moved_ = 0;  // bytes that the peer took
  Time finish_began_{};
  int under_way_ = 0;        // operations of Asio that will call back
  bool away_ = false;        // with a worker
  bool input_full_ = false;  // by the last read: the socket may hold more
  bool finishing_ = false;   // all is written and said; what still comes is thrown away
  bool ended_ = false;
  // Small, since every idle connection has one; what does not fit goes through the workspace.
  std::array<char, 2048> input_;
};

}  // namespace assay::runtime
