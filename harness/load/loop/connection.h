// One client connection: sends requests, reads and checks the replies, on the same socket or on a
// new one for each request.
//
// Belongs to one loop. Never blocks; whoever owns it passes on what the poller says. Several
// requests may be under way at once (pipelining); their replies come in the order of the requests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/load/pace/schedule.h"
#include "harness/load/reply/expectation.h"
#include "harness/load/reply/outcome.h"
#include "harness/load/reply/reply_parser.h"
#include "harness/load/request/mix.h"
#include "harness/load/request/request_template.h"
#include "harness/load/socket/address.h"
#include "harness/load/socket/descriptor.h"
#include "harness/load/socket/poller.h"
#include "harness/load/socket/stream.h"
#include "harness/load/socket/tls.h"
#include "harness/load/stop.h"

namespace assay::load {

// One of the requests of a job, and its reply.
struct Question {
  RequestTemplate request;
  bool asks_for_head_only = false;
  bool may_be_sent_again = true;  // its method is idempotent (RFC 9110, 9.2.2)
  Expectation expectation;
};

// What every connection of a job sends and expects. Shared by all threads, changed by none.
struct Exchange {
  Address address;
  std::unique_ptr<Tls> tls;         // null: plain
  std::vector<Question> questions;  // one, or as many as the mix has parts
  Mix mix;
  bool is_tallied_by_part = false;
  bool keep_alive = true;
  std::size_t pipeline = 1;
};

class Connection {
 public:
  // unread: the socket has more than one call takes; call `advance` again without an event.
  enum class Progress { waiting, unread };

  // Is told of each request's end, in the middle of a call: may not call the connection.
  class Owner {
   public:
    virtual void ended(Connection& connection, Ticket ticket, const Outcome& outcome) = 0;

   protected:
    ~Owner() = default;
  };

  // `slot` comes back in the low half of the poller's tokens, the socket's number in the high half.
  Connection(const Exchange& exchange, std::uint32_t slot);

  // Connects before the first request is due, so that its latency is not that of connecting. False
  // when the system refused.
  bool open_ahead(Poller& poller) { return stream_.is_open() || open(poller); }
  // Under TLS; blocks until the deadline or a stop at most. Where it cannot be, the first request
  // is told so.
  void shake_hands_ahead(TimePoint deadline, const Stop& stop) {
    if (exchange_.tls && stream_.is_open() && stream_.shake_hands(deadline, &stop)) stream_.close();
  }
  void add(const Due& due, TimePoint now);  // REQUIRES: has_room()
  // Sends what was added, and what the socket did not take before. False when the connection ended
  // over it.
  bool send_added(Poller& poller, Owner& owner);
  Progress advance(Poller& poller, const Poller::Event& event, std::span<char> buffer,
                   Owner& owner);
  // Ends the oldest request as a timeout; those behind it go out again on a new connection.
  void give_up(Poller& poller, Owner& owner);
  void abandon(Owner& owner);  // ends all requests under way as timeouts

  std::uint32_t slot() const { return slot_; }
  bool has_room() const { return under_way_ < flights_.size(); }
  bool is_busy() const { return under_way_ > 0; }
  bool owns(int socket) const { return stream_.number() == socket; }
  TimePoint sent() const { return oldest().sent; }       // of the oldest. REQUIRES: is_busy()
  Ticket ticket() const { return oldest().due.ticket; }  // its. REQUIRES: is_busy()
  // Of the last reply that was no HTTP: what was wrong, and the bytes that began it or that were
  // too many.
  const std::string& malformed() const { return malformed_; }
  // The socket of a reply after which the server closes, if it has not yet; else not open.
  Descriptor take_closing() { return std::move(closing_); }

 private:
  struct Flight {  // a request under way
    Due due;
    TimePoint sent;
    std::uint64_t end = 0;   // its last byte's place among those written to the socket
    std::uint32_t part = 0;  // of the mix
    bool resent = false;
  };

  const Flight& oldest() const { return flights_[first_]; }
  Flight& flight(std::size_t place) { return flights_[(first_ + place) % flights_.size()]; }
  const Question& question(const Flight& flight) const { return exchange_.questions[flight.part]; }
  bool open(Poller& poller);
  void write(Flight& flight);
  void send_again(Poller& poller, Owner& owner);
  bool has_stray_bytes(std::span<char> buffer);
  Progress receive(Poller& poller, std::span<char> buffer, Owner& owner);
  bool consume(std::string_view bytes, Poller& poller, Owner& owner);
  void end_of_stream(Poller& poller, Owner& owner);
  void broken(Poller& poller, Owner& owner);
  bool completed(Poller& poller, Owner& owner);
  void failed(ErrorKind kind, Poller& poller, Owner& owner);
  void fail_oldest(ErrorKind kind, Owner& owner);
  void note_malformed(Fault fault, std::string_view bytes);
  void finish(Owner& owner);
  void start_reply();

  const Exchange& exchange_;
  std::uint32_t slot_;
  Stream stream_;
  Descriptor closing_;
  bool connected_ = false;     // the socket has taken a byte
  bool hung_up_ = false;       // the peer will send no more on it
  std::size_t replies_ = 0;    // read on this socket
  std::uint64_t written_ = 0;  // bytes for this socket
  std::uint64_t sent_ = 0;     // of them, taken by it
  std::string output_;         // the last ones written, of which it took `taken_`
  std::size_t taken_ = 0;
  std::vector<Flight> flights_;  // a ring, as many as may be under way
  std::size_t first_ = 0;
  std::size_t under_way_ = 0;
  TimePoint received_;  // when the bytes at hand were
  ReplyParser parser_;
  std::vector<ReplyCheck> checks_;  // one for each question
  ReplyCheck* check_;               // that of the oldest flight
  std::string malformed_;
  Outcome outcome_;  // of the oldest flight, as far as it is known
};

}  // namespace assay::load
