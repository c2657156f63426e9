// Bytes as a person can read them on a terminal: what is printable stands for itself, \r \n \t \"
// and
// \\ as such, every other byte as \xHH. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace assay::load {

std::string visible_text(std::string_view bytes);

}  // namespace assay::load
