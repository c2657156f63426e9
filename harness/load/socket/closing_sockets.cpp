#include "harness/load/socket/closing_sockets.h"

#include <iterator>

namespace assay::load {

void ClosingSockets::hold(Descriptor socket, TimePoint now) {
  if (!socket.is_open() || held_.size() >= most) return;
  const int number = socket.number();
  held_.insert_or_assign(number, Held{std::move(socket), now});
}

void ClosingSockets::close_older(TimePoint now) {
  for (auto each = held_.begin(); each != held_.end();) {
    each = now - each->second.since > grace ? held_.erase(each) : std::next(each);
  }
}

}  // namespace assay::load
