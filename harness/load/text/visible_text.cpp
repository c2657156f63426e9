#include "harness/load/text/visible_text.h"

#include <fmt/format.h>

namespace assay::load {

std::string visible_text(std::string_view bytes) {
  constexpr std::string_view named = "\r\n\t\"\\";
  constexpr std::string_view names = "rnt\"\\";
  std::string text;
  for (const char byte : bytes) {
    if (const std::size_t place = named.find(byte); place != named.npos) {
      text += {'\\', names[place]};
    } else if (byte >= ' ' && byte < '\x7f') {
      text += byte;
    } else {
      text += fmt::format("\\x{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return text;
}

}  // namespace assay::load
