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
                            self->input_full_ = count == self->input_.size();
                            self->connection_.receive(std::string_view(self->input_.data(), count));
                            self->proceed();
                          });
}

void Session::write() {
  request_seconds_ = 0;  // there is output: a request was whole, and what is pending is another
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

// Asking the socket costs a system call, so not where a peer said that nothing would follow and the
// last read took all there was.
bool Session::may_have_unread() const {
  error_code ignored;
  if (connection_.asked_to_close() && !input_full_) return false;
  return socket_.available(ignored) > 0;
}

// After the last reply. Closing while the peer still sends, or with its bytes unread, would reset
// the connection, and the peer would lose the reply: so the end is said, and the rest read and
// dropped.
void Session::finish() {
  if (!connection_.refused() && !may_have_unread()) return close();
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
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

// A byte now and then keeps a connection from being quiet, not a request from being late.
void Session::second_passed(const Settings& settings) {
  constexpr long finishing_limit = 2;  // for a peer that never stops sending
  request_seconds_ = connection_.in_request() ? request_seconds_ + 1 : 0;
  const bool late = request_seconds_ > settings.request_limit.count();
  const bool quiet =
      ++quiet_seconds_ > (finishing_ ? finishing_limit : settings.idle_limit.count());
  if (late || quiet) close();
}

void Session::close() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace assay::runtime
