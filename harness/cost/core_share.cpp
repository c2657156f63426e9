#include "harness/cost/core_share.h"

namespace assay::cost {

CoreShare core_share(std::span<const int> usable, std::size_t wanted) {
  if (usable.size() <= wanted) return {};
  const auto client = usable.first(usable.size() - wanted);
  const auto server = usable.last(wanted);
  return {{server.begin(), server.end()}, {client.begin(), client.end()}};
}

}  // namespace assay::cost
