#include "harness/agents/octets.h"

#include "harness/load/text/base64.h"
#include "server/model/utf8.h"

namespace assay::agents {

Octets octets_of(std::string_view bytes) {
  if (assay::model::is_utf8(bytes)) return {std::string(bytes), std::nullopt};
  return {std::nullopt, load::to_base64(bytes)};
}

std::optional<std::string> bytes_of(const Octets& octets) {
  if (octets.text.has_value() == octets.base64.has_value()) return std::nullopt;
  return octets.text ? octets.text : load::from_base64(*octets.base64);
}

}  // namespace assay::agents
