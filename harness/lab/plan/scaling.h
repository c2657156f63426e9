// A series of cells that differ in how many workers or cores they have. Plain data, read with its
// plan.
#pragma once
#include <string>
#include <vector>

#include "harness/lab/plan/load_level.h"
#include "harness/lab/plan/toml_file.h"

namespace assay::lab {

struct ScalingSize {
  double size = 1;  // of cores: those of its load
  std::string baseline;
  std::string load;
};

struct Scaling {
  std::string name;
  std::string by;  // "workers" or "cores"
  std::vector<ScalingSize> sizes;
};

// The plan's series; none where it has no such table. What is wrong is a fault of the file.
std::vector<Scaling> scalings_of(TomlTable& root, const std::vector<std::string>& baselines,
                                 const std::vector<Load>& loads);

}  // namespace assay::lab
