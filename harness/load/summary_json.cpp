// Summary as one JSON document. Every value is a number but the warnings, whose text is ours.
#include <fmt/format.h>

#include "harness/load/summary.h"

namespace assay::load {
namespace {

std::string latency_json(const Histogram& latency) {
  const auto us = [&](double q) { return in_microseconds(latency.percentile(q)); };
  return fmt::format(
      R"({{"mean": {:.3f}, "p50": {:.3f}, "p90": {:.3f}, "p99": {:.3f}, "p99_9": {:.3f}, )"
      R"("p99_99": {:.3f}, "max": {:.3f}}})",
      latency.mean_ns() / 1e3, us(0.5), us(0.9), us(0.99), us(0.999), us(0.9999),
      in_microseconds(latency.max()));
}

std::string errors_json(const Errors& errors) {
  std::string json;
  for (std::size_t index = 0; index < error_kinds; ++index) {
    const auto kind = static_cast<ErrorKind>(index);
    json += fmt::format(R"({}"{}": {})", json.empty() ? "" : ", ", text(kind), errors[kind]);
  }
  return json;
}

std::string statuses_json(const Tally& tally) {
  std::string json;
  for (std::size_t status = 0; status < tally.statuses.size(); ++status) {
    if (tally.statuses[status] == 0) continue;
    json += fmt::format(R"({}"{}": {})", json.empty() ? "" : ", ", status, tally.statuses[status]);
  }
  return json;
}

std::string warnings_json(const Summary& summary) {
  std::string json;
  for (const Warning& warning : summary.warnings()) {
    json += fmt::format(R"({}"{}")", json.empty() ? "" : ", ", text(warning));
  }
  return json;
}

}  // namespace

// In a closed loop a request is due when it is sent, so the latency from the intended start is the
// one on the wire and no schedule lags behind.
std::string to_json(const Summary& summary) {
  const Tally& tally = summary.tally;
  const std::string latency = latency_json(tally.latency);
  std::string json = "{\n";
  json += fmt::format("  \"requests\": {},\n", tally.requests);
  json += fmt::format("  \"duration_s\": {:.6f},\n", in_seconds(summary.duration));
  json += fmt::format("  \"rate\": {:.3f},\n", summary.rate());
  json += fmt::format("  \"errors\": {{{}}},\n", errors_json(tally.errors));
  json += fmt::format("  \"status\": {{{}}},\n", statuses_json(tally));
  json += fmt::format("  \"bytes\": {},\n  \"resent\": {},\n", tally.bytes, tally.resent);
  json += fmt::format("  \"latency_us\": {},\n  \"wire_latency_us\": {},\n", latency, latency);
  json += fmt::format("  \"schedule_lag_us\": {},\n", latency_json(Histogram()));
  json += fmt::format("  \"connections\": {},\n  \"threads\": {},\n", summary.connections,
                      summary.threads);
  json += fmt::format("  \"client_cpu\": {:.4f},\n", summary.client_cpu);
  json += fmt::format("  \"client_cpu_us_per_request\": {:.4f},\n",
                      summary.client_cpu_us_per_request());
  json += fmt::format("  \"cut\": {},\n", summary.cut);
  json += fmt::format("  \"warnings\": [{}]\n}}\n", warnings_json(summary));
  return json;
}

}  // namespace assay::load
