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
    case wire::Connection::Needs::close: return close();
  }
}

// Says the end first, so that a peer which still sends reads our last reply and not a reset.
void Session::close() {
  error_code ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  socket_.close(ignored);
}

}  // namespace assay::runtime
