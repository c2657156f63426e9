// The characters of JSON values: escaped strings and shortest numbers, appended to a buffer.
// Pure; any thread. Text that is no number (NaN, infinity) is written as null, and each byte that
// is no UTF-8 as U+FFFD: what is written here can always be read again.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::model {

void append_json_string(std::string& out, std::string_view text);  // with its quotes
void append_json_number(std::string& out, std::int64_t value);
void append_json_number(std::string& out, std::uint64_t value);
void append_json_number(std::string& out, double value);

}  // namespace assay::model
