// Counts where requests without a body end ("\r\n\r\n"), however their bytes are split.
//
// Belongs to one connection. It is no parser: what stands between two ends is not looked at, since
// the floor is what is left of a server when nothing is understood.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace assay::truth {

class RequestEnds {
 public:
  std::size_t in(std::string_view bytes) noexcept;  // the ends that these bytes complete

 private:
  std::uint8_t matched_ = 0;  // bytes of an end that stood at the end of what came before
};

}  // namespace assay::truth
