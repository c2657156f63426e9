// Whether a figure agrees with the truth, or nobody can tell. Pure; any thread.
//
// A wrong ruler shall not hide behind a busy machine: an excuse has to come from a witness that is
// no part of the ruler, and has to be as large as the error. So a figure that is off by more than
// what the witnesses saw disagrees on any machine; and one that fits a server that was itself late
// does not agree, because it fits by chance.
#pragma once

#include <string>

#include "server/model/enumerated.h"

namespace assay::validation {

enum class Verdict { agrees, disagrees, not_judged };
constexpr auto enumerators(Verdict*) {
  return model::names_of<Verdict::agrees, Verdict::disagrees, Verdict::not_judged>;
}

// By how much the truth itself was not kept, in the unit of the figure.
struct Disturbance {
  double server = 0;   // late by its own record
  double machine = 0;  // later than usual for a thread that does nothing but sleep
};

// A request makes threads of two programs go to sleep and wake up, and each can be late.
inline constexpr double late_wakes = 4;

struct Judgement {
  Verdict verdict = Verdict::not_judged;
  std::string reason;  // why it was not judged; else empty
};

Judgement judged(double expected, double measured, double tolerance,
                 const Disturbance& disturbance = {});

}  // namespace assay::validation
