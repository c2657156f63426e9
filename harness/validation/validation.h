// All tests in their order, T1 to T10, or some of them. Blocks for minutes, or for less than one
// when it is brief; one at a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/validation/experiments.h"
#include "harness/validation/laboratory.h"
#include "harness/validation/proof.h"
#include "harness/validation/tries.h"

namespace assay::validation {

struct Wish {
  Length length = Length::whole;
  std::vector<std::string> only;  // names of tests; empty: all
  // Whether server and client never sleep. Nothing: they do not where two cores are idle, and the
  // form is the whole one.
  std::optional<bool> stays_awake = {};
};

struct Test {
  std::string name;  // "T4"
  std::string title;
};
const std::vector<Test>& tests();

// `say` hears what begins.
Result<Proof> validate(const Wish& wish, Laboratory laboratory, const Say& say);

}  // namespace assay::validation
