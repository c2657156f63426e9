#include "server/runtime/process_news.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace assay::runtime {

ProcessNews::ProcessNews() : parent_(getpid()) {
  fcntl(pipe_.reading.number(), F_SETFL, O_NONBLOCK);
}

// Where it cannot be written the parent is gone, which ends this process too; its number may be
// another's then.
void ProcessNews::tell(std::size_t index, bool is_ready, std::string_view fault) noexcept {
  Written piece{};
  fault = fault.substr(0, piece.fault.size());
  piece.index = static_cast<std::uint32_t>(index);
  piece.is_ready = is_ready;
  piece.fault_bytes = static_cast<std::uint32_t>(fault.size());
  std::copy(fault.begin(), fault.end(), piece.fault.begin());
  ssize_t count = 0;
  do {
    count = write(pipe_.writing.number(), &piece, sizeof piece);
  } while (count < 0 && errno == EINTR);
  if (count > 0 && getppid() == parent_) kill(parent_, SIGUSR1);
}

std::optional<ProcessNews::Piece> ProcessNews::next() {
  Written piece{};
  ssize_t count = 0;
  do {
    count = read(pipe_.reading.number(), &piece, sizeof piece);
  } while (count < 0 && errno == EINTR);
  if (count != sizeof piece) return std::nullopt;
  return Piece{piece.index, piece.is_ready, std::string(piece.fault.data(), piece.fault_bytes)};
}

}  // namespace assay::runtime
