// What a reply must be to count as right, and how one is compared with it: always in full, byte for
// byte or by a rule, while it is timed. Comparing 500 bytes costs less than 20 ns; believing a fast
// wrong server costs everything. Pure; one thread per ReplyCheck, any number share an Expectation.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/load/reply/body_rule.h"

namespace assay::load {

enum class Mismatch { status, type, length, body };  // in this order; the first one is reported
std::string_view text(Mismatch mismatch) noexcept;

struct Expectation {
  std::optional<int> status;                  // nothing: any from 200 to 299
  std::optional<std::string> media_type;      // "text/html"; parameters of the reply's are ignored
  std::optional<std::string> body;            // the exact bytes
  std::shared_ptr<const BodyRule> rule = {};  // or null. Breaks beyond `longest_judged`
  std::vector<int> other_statuses = {};       // that are as right as `status`
};

// A reply that is there as a whole.
struct Reply {
  int status = 0;
  std::string content_type;
  std::string body;
};
std::optional<Mismatch> check(const Expectation& expectation, const Reply& reply);

// The same while a reply arrives in pieces.
//
// A body equal to the last one that the rule accepted is right without asking it again, so that a
// reply that is always the same costs one comparison. Only one that differs is collected, in the
// memory that then keeps it as the last.
class ReplyCheck {
 public:
  static constexpr std::size_t longest_judged = std::size_t{64} << 20U;  // bytes
  static constexpr std::size_t longest_kept = std::size_t{64} << 10U;    // per check

  explicit ReplyCheck(const Expectation& expectation) : expectation_(&expectation) {}

  void begin(int status, std::string_view content_type) noexcept;
  void body(std::string_view piece);  // the view is not kept
  std::optional<Mismatch> end();      // of the whole reply

  std::size_t body_bytes() const noexcept { return seen_; }

 private:
  void collect(std::string_view piece, std::size_t place);
  std::optional<Mismatch> verdict();
  bool is_accepted();

  const Expectation* expectation_;  // not a reference, so that a check can be assigned
  std::optional<Mismatch> mismatch_;
  std::size_t seen_ = 0;
  bool differs_ = false;   // a byte of the body so far
  bool is_new_ = false;    // the body so far is not how the accepted one begins
  std::string collected_;  // the body so far, where it is new
  bool has_accepted_ = false;
  std::string accepted_;  // the last one
};

}  // namespace assay::load
