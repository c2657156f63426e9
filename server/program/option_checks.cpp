#include "server/program/option_checks.h"

#include <netdb.h>

#include <charconv>
#include <cstdlib>
#include <string>
#include <system_error>

#include <fmt/format.h>

namespace assay {

// Not CLI::Range: it names neither the wish nor, for a number too large for its type, the limits.
CLI::Validator number_between(unsigned long long low, unsigned long long high) {
  const auto check = [low, high](std::string& text) -> std::string {
    unsigned long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_number = error == std::errc() && end == text.data() + text.size();
    if (!is_number || value < low || value > high) {
      return fmt::format("{} is no number from {} to {}", text, low, high);
    }
    text = std::to_string(value);  // CLI11 reads one that begins with a zero by eights
    return {};
  };
  return {check, fmt::format("{}-{}", low, high), "number"};
}

// A day at most: what is longer is better switched off. Apple's library has no from_chars of a
// double; strtod takes more than we do, as "inf" and "0x1".
CLI::Validator seconds_or_none() {
  const auto check = [](const std::string& text) -> std::string {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    const bool is_plain = text.find_first_not_of("0123456789.") == text.npos;
    const bool is_number = is_plain && !text.empty() && *end == '\0';
    if (is_number && (value == 0 || value >= 0.001) && value <= 86'400) return {};
    return fmt::format("{} is no time in seconds from 0.001 to 86400, or 0 for none", text);
  };
  return {check, "SECONDS", "seconds"};
}

// An address and no name: what a name means may change, and which of its addresses was meant?
CLI::Validator address() {
  const auto check = [](const std::string& text) -> std::string {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST;
    addrinfo* found = nullptr;
    const bool is_address = getaddrinfo(text.c_str(), nullptr, &hints, &found) == 0;
    if (is_address) freeaddrinfo(found);
    return is_address ? "" : fmt::format("{} is not an address: give one such as 127.0.0.1", text);
  };
  return {check, "ADDRESS", "address"};
}

// An unset variable in a script must not switch off what it was to name.
CLI::Validator not_empty() {
  const auto check = [](const std::string& text) -> std::string {
    return text.empty() ? "a path is missing: name a file" : "";
  };
  return {check, "PATH", "path"};
}

// SQLite's other names with a colon are none of ours: a slip would make a file of that name.
CLI::Validator database_path() {
  const auto check = [](const std::string& text) -> std::string {
    if (text.empty()) return "a path is missing: name a file";
    if (text.front() != ':' || text == ":memory:") return "";
    return fmt::format("{0} is neither a file nor :memory: (for a file of that name: ./{0})", text);
  };
  return {check, "PATH", "path"};
}

}  // namespace assay
