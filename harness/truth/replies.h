// The bytes that each fate sends. Fixed once they are made; any thread.
#pragma once

#include <string>
#include <string_view>

#include "harness/truth/fault.h"
#include "harness/truth/fixed_reply.h"

namespace assay::truth {

class Replies {
 public:
  explicit Replies(std::string body);

  // Nothing but what the fate says is different from a right reply: an error and a refusal have the
  // right body, and of a wrong body one byte, the last, is another. Nothing for those not answered.
  void append(std::string& bytes, Fate fate, Persistence persistence) const;

 private:
  std::string_view body_of(Fate fate) const;

  std::string right_;
  std::string wrong_;
};

}  // namespace assay::truth
