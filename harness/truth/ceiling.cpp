#include "harness/truth/ceiling.h"

#include "harness/load/loop/run.h"
#include "harness/truth/floor.h"

namespace assay::truth {

load::Result<double> ceiling(const load::Job& job, const load::Stop& stop) {
  FloorSettings settings;
  settings.port = 0;
  settings.workers = job.threads;
  settings.closes = !job.keep_alive;
  const auto floor = Floor::start(settings);
  if (!floor) return load::LoadError::no_floor(floor.error().what());
  load::Job fastest;
  fastest.target.port = (*floor)->port();
  fastest.connections = job.connections;
  fastest.threads = job.threads;
  fastest.keep_alive = job.keep_alive;
  fastest.pipeline = job.pipeline;
  fastest.timeout = job.timeout;
  fastest.expectation = {200, std::nullopt, settings.body, nullptr};
  fastest.warm_up = std::chrono::milliseconds(200);
  fastest.duration = std::chrono::seconds(1);
  const load::Result<load::Summary> summary = load::run(fastest, stop);
  if (!summary) return summary.error();
  return summary->rate();
}

}  // namespace assay::truth
