// What the processes of a group say to their parent: that they are ready, or why they end.
//
// A pipe, and SIGUSR1 for each piece, which the parent waits for among its other signals. Made by
// the parent before it has children; a child tells, the parent asks for the next.
#pragma once
#include <sys/types.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/runtime/pipe.h"

namespace assay::runtime {

class ProcessNews {
 public:
  struct Piece {
    std::size_t index;
    bool is_ready;
    std::string fault;  // why it ends
  };

  ProcessNews();  // throws StartError

  void be_child() { pipe_.reading.close(); }  // before it tells anything
  void tell_ready(std::size_t index) noexcept { tell(index, true, {}); }
  void tell_fault(std::size_t index, std::string_view fault) noexcept { tell(index, false, fault); }
  std::optional<Piece> next();  // nullopt: there is none now

 private:
  // Small enough to be written whole or not at all (POSIX wants 512 bytes at least).
  struct Written {
    std::uint32_t index;
    bool is_ready;
    std::uint32_t fault_bytes;
    std::array<char, 496> fault;
  };

  void tell(std::size_t index, bool is_ready, std::string_view fault) noexcept;

  pid_t parent_;
  Pipe pipe_;
};

}  // namespace assay::runtime
