// A factor of a published lead: one thing in which what a document compares and what is fair
// differ, turned alone from either end. Plain data, read with its plan.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "harness/lab/plan/toml_file.h"

namespace assay::lab {

// Two baselines under one load, of which the one leads.
struct Pairing {
  std::string ours;
  std::string theirs;
  std::string load;
};

struct Factor {
  std::string name;
  Pairing documented;
  std::optional<Pairing> documented_but;  // with this factor alone made fair
  Pairing fair;
  std::optional<Pairing> fair_but;  // with this factor alone as documented; one of the two is there
};

// The plan's factors; none where it has no such table. What is wrong is a fault of the file.
std::vector<Factor> factors_of(TomlTable& root, const std::vector<std::string>& baselines,
                               const std::vector<std::string>& loads);

}  // namespace assay::lab
