// One socket and its wire::Connection: reads, answers all that arrived, writes once, reads again.
//
// Belongs to one EventLoop and runs on its thread. Keeps itself alive while an operation is under
// way; the loop holds it too, so that it can be ended when idle or at shutdown.
#pragma once
#include <array>
#include <cstddef>
#include <memory>

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "server/runtime/settings.h"
#include "server/wire/connection.h"

namespace assay::runtime {

// The concrete executor: a polymorphic one costs 0.1 to 0.3 us a request.
using Socket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Socket socket, const wire::Limits& limits, const std::string& date_field,
          wire::Handler& handler)
      : socket_(std::move(socket)), connection_(limits, date_field, handler) {}

  void start() { read(); }
  void close();

  bool closed() const { return !socket_.is_open(); }
  bool idle() const { return connection_.idle(); }
  // Ends the session when nothing moves, or a request does not become whole, for too long.
  void second_passed(const Settings& settings);

 private:
  void read();
  void write();
  void proceed();
  bool may_have_unread() const;
  void finish();
  void discard();

  Socket socket_;
  wire::Connection connection_;
  std::array<char, 8 * 1024> input_;
  long quiet_seconds_ = 0;    // since bytes last moved; since the end, once it is finishing
  long request_seconds_ = 0;  // since a request began that is not yet whole
  bool input_full_ = false;   // by the last read: the socket may hold more
  bool finishing_ = false;    // all is written and said; what still comes is thrown away
};

}  // namespace assay::runtime
