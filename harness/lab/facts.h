// What a running Python server says of itself on GET /__assay__: the process under test is asked,
// not the machine.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace assay::lab {

struct Facts {
  std::string baseline;  // whose server it says it is
  std::string python;
  std::optional<bool> gil;  // whether the lock is on after all imports
  std::map<std::string, std::string> packages;
};

// Nothing when the server has no such page.
std::optional<Facts> facts_of(const std::string& host, std::uint16_t port);

}  // namespace assay::lab
