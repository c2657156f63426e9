// What a reply must be to count as right, and how one is compared with it: always in full, byte for
// byte, while it is timed. Comparing 500 bytes costs less than 20 ns; believing a fast wrong server
// costs everything. Pure; one thread per ReplyCheck, any number share an Expectation.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assay::load {

enum class Mismatch { status, type, length, body };  // in this order; the first one is reported
std::string_view text(Mismatch mismatch) noexcept;

struct Expectation {
  std::optional<int> status;              // nothing: any from 200 to 299
  std::optional<std::string> media_type;  // "text/html"; parameters of the reply's are ignored
  std::optional<std::string> body;        // the exact bytes
};

// A reply that is there as a whole.
struct Reply {
  int status = 0;
  std::string content_type;
  std::string body;
};
std::optional<Mismatch> check(const Expectation& expectation, const Reply& reply);

// The same while a reply arrives in pieces.
class ReplyCheck {
 public:
  explicit ReplyCheck(const Expectation& expectation) : expectation_(&expectation) {}

  void begin(int status, std::string_view content_type) noexcept;
  void body(std::string_view piece) noexcept;
  std::optional<Mismatch> end() noexcept;  // of the whole reply

  std::size_t body_bytes() const noexcept { return seen_; }

 private:
  const Expectation* expectation_;  // not a reference, so that a check can be assigned
  std::optional<Mismatch> mismatch_;
  std::size_t seen_ = 0;
  bool differs_ = false;  // a byte of the body so far
};

}  // namespace assay::load
