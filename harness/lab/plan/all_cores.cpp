#include "harness/lab/plan/all_cores.h"

#include <algorithm>
#include <string>

namespace assay::lab {
namespace {

bool gives(const Plan& plan, std::size_t cores) {
  return std::any_of(plan.loads.begin(), plan.loads.end(),
                     [&](const Load& load) { return load.server_cores == cores; });
}

void leave_out(Plan& plan, const std::string& load) {
  for (Scaling& scaling : plan.scalings) {
    std::erase_if(scaling.sizes, [&](const ScalingSize& size) { return size.load == load; });
  }
  std::erase_if(plan.loads, [&](const Load& each) { return each.name == load; });
}

}  // namespace

void give_all_cores(Plan& plan, std::size_t cores) {
  const auto load = std::find_if(plan.loads.begin(), plan.loads.end(),
                                 [](const Load& each) { return each.is_of_all_cores; });
  if (load == plan.loads.end()) return;
  if (gives(plan, cores)) return leave_out(plan, std::string(load->name));
  load->server_cores = static_cast<unsigned>(cores);
  for (Scaling& scaling : plan.scalings) {
    for (ScalingSize& size : scaling.sizes) {
      if (size.load == load->name) size.size = static_cast<double>(cores);
    }
    std::stable_sort(scaling.sizes.begin(), scaling.sizes.end(),
                     [](const ScalingSize& a, const ScalingSize& b) { return a.size < b.size; });
  }
}

}  // namespace assay::lab
