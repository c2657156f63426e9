#include "harness/truth/floor_worker.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

#include "harness/load/socket/socket.h"

namespace assay::truth {
namespace {

constexpr std::size_t buffer_bytes = 65536;

bool is_only_later() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

FloorWorker::FloorWorker(load::Descriptor listener, int ending, const ReplyRun& replies,
                         bool closes)
    : listener_(std::move(listener)),
      ending_(ending),
      replies_(replies),
      closes_(closes),
      is_usable_(queue_.is_open() && queue_.watch(listener_.number()) && queue_.watch(ending)),
      buffer_(buffer_bytes) {}

void FloorWorker::run() {
  for (;;) {
    for (const int file : queue_.wait()) {
      if (file == ending_) return;
      if (file == listener_.number()) {
        accept_some();
      } else {
        serve(file);
      }
    }
  }
}

// To ask whether one more waits costs a system call: so as many are expected as there were, or
// twice that. Those that are left are told of again.
void FloorWorker::accept_some() {
  constexpr std::size_t most = 64;
  std::size_t accepted = 0;
  while (accepted < likely_) {
    load::Descriptor socket = accept_connection(listener_.number());
    if (!socket.is_open()) break;
    admit(std::move(socket));
    ++accepted;
  }
  likely_ = accepted == likely_ ? std::min(2 * likely_, most) : std::max<std::size_t>(accepted, 1);
}

// Where each connection has one request, that is here already as a rule, and it need not be
// watched.
void FloorWorker::admit(load::Descriptor socket) {
  const int file = socket.number();
  const auto number = static_cast<std::size_t>(file);
  if (number >= connections_.size()) connections_.resize(2 * number);
  Connection& connection = connections_[number] = {std::move(socket), {}, 0};
  if (closes_) {
    connection.owed = read(connection);
    if (connection.owed > 0 && (!send_owed(connection) || connection.owed == 0)) {
      return connection.socket.close();
    }
  }
  if (!connection.socket.is_open()) return;
  if (!queue_.watch(file)) return connection.socket.close();
  if (connection.owed > 0) queue_.await_room(file);
}

// One read and one write an event. What could not be written is waited for before more is read, so
// that a peer that does not read its replies is not read either.
void FloorWorker::serve(int file) {
  Connection& connection = connections_[static_cast<std::size_t>(file)];
  const bool was_full = connection.owed > 0;
  if (!was_full) connection.owed = read(connection);
  if (connection.owed == 0) return;
  if (!send_owed(connection)) return connection.socket.close();
  if (connection.owed == 0 && closes_) return connection.socket.close();
  const bool is_full = connection.owed > 0;
  if (is_full && !was_full) queue_.await_room(file);
  if (was_full && !is_full) queue_.await_bytes(file);
}

// How many bytes of replies the requests just read ask for. Closes when the peer has.
std::uint64_t FloorWorker::read(Connection& connection) {
  const ssize_t count = recv(connection.socket.number(), buffer_.data(), buffer_.size(), 0);
  if (count <= 0) {
    if (count == 0 || !is_only_later()) connection.socket.close();
    return 0;
  }
  const std::size_t requests =
      connection.ends.in(std::string_view(buffer_.data(), static_cast<std::size_t>(count)));
  const std::size_t answered = closes_ ? std::min<std::size_t>(requests, 1) : requests;
  return static_cast<std::uint64_t>(answered) * replies_.reply_bytes();
}

// False: the connection is broken.
bool FloorWorker::send_owed(Connection& connection) const {
  while (connection.owed > 0) {
    const std::string_view bytes = replies_.next(connection.owed);
    const ssize_t sent =
        ::send(connection.socket.number(), bytes.data(), bytes.size(), load::send_flags);
    if (sent < 0) return is_only_later();
    connection.owed -= static_cast<std::uint64_t>(sent);
  }
  return true;
}

}  // namespace assay::truth
