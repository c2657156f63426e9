// One client connection: sends a request, reads and checks the reply, and does so again, on the
// same socket or on a new one for each request.
//
// Belongs to one loop. Never blocks; whoever owns it passes on what the poller says. Works on one
// request at a time, since the closed loop sends the next one when a reply is there.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "harness/load/address.h"
#include "harness/load/descriptor.h"
#include "harness/load/expectation.h"
#include "harness/load/outcome.h"
#include "harness/load/poller.h"
#include "harness/load/reply_parser.h"

namespace assay::load {

// What every connection of a job sends and expects. Shared by all threads, changed by none.
struct Exchange {
  Address address;
  std::string request;  // its bytes on the wire
  bool asks_for_head_only = false;
  bool keep_alive = true;
  Expectation expectation;
};

class Connection {
 public:
  // unread: the socket has more than one call takes; call `advance` again without an event.
  enum class Progress { waiting, unread, done };

  // `slot` comes back in the low half of the poller's tokens, the socket's number in the high half.
  Connection(const Exchange& exchange, std::uint32_t slot);

  Progress begin(Poller& poller, TimePoint now);  // REQUIRES: not is_busy()
  Progress advance(Poller& poller, const Poller::Event& event, std::span<char> buffer);
  void give_up();  // ends the request as a timeout

  bool is_busy() const { return busy_; }
  bool owns(int socket) const { return socket_.number() == socket; }
  TimePoint began() const { return began_; }
  const Outcome& outcome() const { return outcome_; }  // of the last request, once it is done
  // The socket of a reply after which the server closes, if it has not yet; else not open.
  Descriptor take_closing() { return std::move(closing_); }

 private:
  Progress transmit(Poller& poller);
  bool open(Poller& poller);
  Progress send_rest(Poller& poller);
  Progress receive(Poller& poller, std::span<char> buffer);
  Progress consume(std::string_view bytes);
  Progress ended(Poller& poller);
  Progress broken(Poller& poller);
  Progress completed();
  Progress failed(ErrorKind kind);

  const Exchange& exchange_;
  std::uint32_t slot_;
  Descriptor socket_;
  Descriptor closing_;
  bool busy_ = false;
  bool connected_ = false;   // the socket has taken a byte
  bool hung_up_ = false;     // the peer will send no more on it
  std::size_t replies_ = 0;  // read on this socket
  std::size_t sent_ = 0;     // bytes of the request
  TimePoint began_;
  ReplyParser parser_;
  ReplyCheck check_;
  Outcome outcome_;
};

}  // namespace assay::load
