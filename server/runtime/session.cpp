#include "server/runtime/session.h"

#include <string_view>

#include <boost/asio/buffer.hpp>

namespace assay::runtime {

using boost::system::error_code;

void Session::read() {
  socket_.async_read_some(boost::asio::buffer(input_),
                          [self = shared_from_this()](error_code error, std::size_t count) {
                            if (error) return self->close();
                            self->quiet_seconds_ = 0;
                            self->connection_.receive(std::string_view(self->input_.data(), count));
                            self->proceed();
                          });
}

void Session::write() {
  const std::string_view output = connection_.output();
  socket_.async_write_some(boost::asio::buffer(output.data(), output.size()),
                           [self = shared_from_this()](error_code error, std::size_t count) {
                             if (error) return self->close();
                             self->quiet_seconds_ = 0;
                             self->connection_.wrote(count);
                             self->proceed();
                           });
}

void Session::proceed() {
  if (closed()) return;
  switch (connection_.needs()) {
    case wire::Connection::Needs::bytes: return read();
    case wire::Connection::Needs::write: return write();
    case wire::Connection::Needs::close: return finish();
  }
}

// After the last reply. Closing while the peer still sends, or with its bytes unread, would reset
// the connection, and the peer would lose the reply: so the end is said, and the rest read and
// dropped.
void Session::finish() {
  error_code error;
  if (!connection_.refused() && socket_.available(error) == 0) return close();
  socket_.shutdown(Socket::shutdown_send, error);
  finishing_ = true;
  quiet_seconds_ = 0;
  discard();
}

void Session::discard() {
  socket_.async_read_some(boost::asio::buffer(input_),
                          [self = shared_from_this()](error_code error, std::size_t) {
                            if (error) return self->close();
                            self->discard();
                          });
}

void Session::second_passed(long limit) {
  constexpr long finishing_limit = 2;  // for a peer that never stops sending
  if (++quiet_seconds_ > (finishing_ ? finishing_limit : limit)) close();
}

void Session::close() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace assay::runtime
