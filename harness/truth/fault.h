// What becomes of a request: its reply, or one of the ways in which a server goes wrong. Which one
// follows from the seed and the request's number alone. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>

#include "server/model/enumerated.h"

namespace assay::truth {

enum class Fate : std::uint8_t {
  right,
  error,      // status 500; the body is right
  reset,      // no byte of a reply: the connection is reset
  truncated,  // half of the body that was announced, then the end of the connection
  wrong,      // one byte of the body is another one
  slow,       // right, but late
  silent,     // no reply, neither to this nor to a later request of the connection
  refused     // status 503: the queue was full. Never drawn
};
constexpr auto enumerators(Fate*) {
  return model::names_of<Fate::right, Fate::error, Fate::reset, Fate::truncated, Fate::wrong,
                         Fate::slow, Fate::silent, Fate::refused>;
}
inline constexpr std::size_t fate_count = 8;

// How many requests each fate has met.
class FateCounts {
 public:
  void add(Fate fate) { ++counts_.at(static_cast<std::size_t>(fate)); }
  std::uint64_t operator[](Fate fate) const { return counts_.at(static_cast<std::size_t>(fate)); }
  std::uint64_t total() const;
  bool operator==(const FateCounts&) const = default;

 private:
  std::array<std::uint64_t, fate_count> counts_{};
};

// The share of requests that each fault is drawn for. REQUIRES: none negative, 1 at most in all.
struct Faults {
  double error = 0;
  double reset = 0;
  double truncated = 0;
  double wrong = 0;
  double slow = 0;
  double silent = 0;

  double total() const { return error + reset + truncated + wrong + slow + silent; }
};

Fate fate_of(const Faults& faults, std::uint64_t seed, std::uint64_t request) noexcept;
// Exactly what the first `requests` requests meet, unless a full queue refuses some of them.
FateCounts fates_of_first(const Faults& faults, std::uint64_t seed, std::uint64_t requests);

}  // namespace assay::truth
