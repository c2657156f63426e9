#include "harness/load/text/glyphs.h"

#include <cctype>
#include <string>
#include <string_view>

namespace assay::load {

Glyphs glyphs_of(const char* lc_all, const char* lc_ctype, const char* lang) {
  for (const char* locale : {lc_all, lc_ctype, lang}) {
    if (locale == nullptr || std::string_view(locale).empty()) continue;
    std::string letters;  // "en_US.UTF-8" and "C.utf8" are written both ways
    for (const char each : std::string_view(locale)) {
      if (each != '-') letters += static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
    }
    return letters.find("utf8") == std::string::npos ? Glyphs::ascii : Glyphs::unicode;
  }
  return Glyphs::ascii;
}

}  // namespace assay::load
