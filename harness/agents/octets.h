// Bytes as JSON holds them: {"text":"hello"} where they are UTF-8, else {"base64":"AP8="}. A typed
// model; pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "server/model/field.h"

namespace assay::agents {

struct Octets {
  std::optional<std::string> text;
  std::optional<std::string> base64;
  static constexpr bool refuse_unknown = true;
  static constexpr auto model() {
    return std::tuple{model::field<"text">(&Octets::text), model::field<"base64">(&Octets::base64)};
  }
};

Octets octets_of(std::string_view bytes);
std::optional<std::string> bytes_of(const Octets& octets);  // nothing: both or none, or no base64

}  // namespace assay::agents
