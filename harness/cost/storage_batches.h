// How a server writes went to the disk, as it says itself at /__assay__/storage. Typed models,
// pure; but `batches_of` asks.
#pragma once

#include <cstdint>
#include <tuple>
#include <vector>

#include "harness/cost/cost_error.h"
#include "harness/cost/running_server.h"
#include "server/model/field.h"

namespace assay::cost {

struct BatchSize {
  std::uint64_t at_least = 1;
  std::uint64_t batches = 0;
  static constexpr auto model() {
    return std::tuple{model::field<"at_least">(&BatchSize::at_least),
                      model::field<"batches">(&BatchSize::batches)};
  }
};

struct Batches {
  std::uint64_t batches = 0;
  std::uint64_t operations = 0;
  std::uint64_t largest_batch = 0;
  std::vector<BatchSize> batch_sizes;
  static constexpr auto model() {
    return std::tuple{model::field<"batches">(&Batches::batches),
                      model::field<"operations">(&Batches::operations),
                      model::field<"largest_batch">(&Batches::largest_batch),
                      model::field<"batch_sizes">(&Batches::batch_sizes)};
  }
};

// Since it started.
Result<Batches> batches_of(const RunningServer& server);

// Of several servers together.
Batches sum(const std::vector<Batches>& all);

}  // namespace assay::cost
