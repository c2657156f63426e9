#include "harness/cost/storage_batches.h"

#include <algorithm>

#include "server/model/json_read.h"

namespace assay::cost {
namespace {

constexpr int ok = 200;

}  // namespace

Result<Batches> batches_of(const RunningServer& server) {
  load::Request request;
  request.target = "/__assay__/storage";
  const Result<load::Reply> reply = server.fetched(request);
  if (!reply) return reply.error();
  auto reading = model::from_json<Batches>(reply->body);
  if (reply->status != ok || !reading.ok()) {
    return CostError::wrong_reply(server.name(), request.target, "it does not count its batches");
  }
  return std::move(reading.value);
}

Batches sum(const std::vector<Batches>& all) {
  Batches together;
  for (const Batches& each : all) {
    together.batches += each.batches;
    together.operations += each.operations;
    together.largest_batch = std::max(together.largest_batch, each.largest_batch);
    for (std::size_t i = 0; i < each.batch_sizes.size(); ++i) {
      if (i == together.batch_sizes.size()) together.batch_sizes.push_back({1ULL << i, 0});
      together.batch_sizes[i].batches += each.batch_sizes[i].batches;
    }
  }
  return together;
}

}  // namespace assay::cost
