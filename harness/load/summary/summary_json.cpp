// Summary as one JSON document. Every value is a number, a histogram's letters, or a text, which is
// escaped.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "harness/load/histogram/histogram_encoding.h"
#include "harness/load/summary/summary.h"
#include "server/model/json_text.h"

namespace assay::load {
namespace {

std::string us_json(std::optional<nanoseconds> time) {
  return time ? fmt::format("{:.3f}", in_microseconds(*time)) : "null";
}

std::string number_json(std::optional<double> number) {
  return number ? fmt::format("{:.3f}", *number) : "null";
}

std::string latency_json(const Histogram& latency) {
  const bool is_known = latency.count() > 0;
  const auto us = [&](std::uint64_t one_in) { return us_json(latency.all_but_one_in(one_in)); };
  return fmt::format(
      R"({{"mean": {}, "p50": {}, "p90": {}, "p99": {}, "p99_9": {}, "p99_99": {}, "max": {}}})",
      is_known ? fmt::format("{:.3f}", latency.mean_ns() / 1e3) : "null", us(2), us(10), us(100),
      us(1000), us(10'000), us_json(is_known ? std::optional(latency.max()) : std::nullopt));
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
    const std::uint64_t count = tally.statuses.at(status);
    if (count == 0) continue;
    json += fmt::format(R"({}"{}": {})", json.empty() ? "" : ", ", status, count);
  }
  return json;
}

// One a line, as what is counted by second or thread is read by eye too.
template <class Values, class Json>
std::string list_json(const Values& values, const Json& json) {
  std::string list;
  for (const auto& value : values) {
    list += fmt::format("{}\n    {}", list.empty() ? "" : ",", json(value));
  }
  return list.empty() ? "[]" : "[" + list + "\n  ]";
}

std::string thread_json(const ThreadUsage& thread) {
  const std::string waiting =
      thread.waiting ? fmt::format("{:.6f}", in_seconds(*thread.waiting)) : "null";
  return fmt::format(
      R"({{"cpu_s": {:.6f}, "spinning_s": {:.6f}, "waiting_s": {}, "wall_s": {:.6f}}})",
      in_seconds(thread.cpu), in_seconds(thread.spinning), waiting, in_seconds(thread.wall));
}

std::string second_json(const Second& second) {
  const CompactHistogram& latency = second.latency;
  const std::string max = latency.count > 0 ? us_json(nanoseconds(latency.max_ns)) : "null";
  return fmt::format(R"({{"requests": {}, "errors": {}, "p50_us": {}, "p99_us": {}, "max_us": {}, )"
                     R"("histogram": "{}"}})",
                     second.requests, second.errors, us_json(latency.all_but_one_in(2)),
                     us_json(latency.all_but_one_in(100)), max, encode(latency));
}

// What was sent for each request of a mix, and which it was, as a JSON array.
std::string parts_json(const Summary& summary) {
  const std::vector<PartTally>& parts = summary.tally.parts;
  std::vector<std::string> each;
  for (std::size_t part = 0; part < std::min(parts.size(), summary.part_names.size()); ++part) {
    std::string name;
    model::append_json_string(name, summary.part_names[part]);
    each.push_back(fmt::format(R"({{"request": {}, "requests": {}, "errors": {{{}}}}})", name,
                               parts[part].requests, errors_json(parts[part].errors)));
  }
  return list_json(each, [](const std::string& json) { return json; });
}

std::string latencies_json(const Summary& summary) {
  const Tally& tally = summary.tally;
  const Histogram& wire = summary.offered ? tally.wire_latency : tally.latency;
  std::string json = fmt::format("  \"latency_us\": {},\n", latency_json(tally.latency));
  json += fmt::format("  \"wire_latency_us\": {},\n", latency_json(wire));
  json += fmt::format("  \"first_byte_us\": {},\n", latency_json(tally.first_byte));
  json += fmt::format("  \"schedule_lag_us\": {},\n", latency_json(tally.lag));
  return json + fmt::format("  \"pacing_us\": {},\n", latency_json(tally.pacing));
}

std::string client_json(const Summary& summary) {
  std::string json = fmt::format("  \"connections\": {},\n  \"pipeline\": {},\n",
                                 summary.connections, summary.pipeline);
  json += fmt::format("  \"client_cpu\": {:.4f},\n", summary.client_cpu());
  json += fmt::format("  \"client_cpu_us_per_request\": {:.4f},\n",
                      summary.client_cpu_us_per_request());
  const auto wait = summary.client_wait();
  json += fmt::format("  \"client_wait\": {},\n", wait ? fmt::format("{:.4f}", *wait) : "null");
  json += fmt::format("  \"longest_gap_us\": {},\n", us_json(summary.longest_gap));
  json += fmt::format("  \"ceiling\": {},\n", number_json(summary.ceiling));
  return json + fmt::format("  \"threads\": {},\n", list_json(summary.threads, thread_json));
}

}  // namespace

// In a closed loop a request is due when it is sent, so the latency from when it was due is the one
// on the wire, and there is no schedule to lag behind.
std::string to_json(const Summary& summary) {
  const Tally& tally = summary.tally;
  const auto quoted = [](const Warning& warning) {
    std::string json;
    model::append_json_string(json, text(warning));
    return json;
  };
  std::string json = "{\n";
  json += fmt::format("  \"requests\": {},\n", tally.requests);
  json += fmt::format("  \"duration_s\": {:.6f},\n", in_seconds(summary.duration));
  json += fmt::format("  \"warm_up_s\": {:.6f},\n  \"is_steady\": {},\n",
                      in_seconds(summary.warm_up), summary.is_steady);
  json += fmt::format("  \"rate\": {:.3f},\n", summary.rate());
  json += fmt::format("  \"offered\": {},\n", number_json(summary.offered));
  json += fmt::format("  \"sent_share\": {:.6f},\n", summary.sent_share());
  json += fmt::format("  \"errors\": {{{}}},\n", errors_json(tally.errors));
  json += fmt::format("  \"status\": {{{}}},\n", statuses_json(tally));
  json += fmt::format("  \"bytes\": {},\n  \"closed\": {},\n  \"resent\": {},\n", tally.bytes,
                      tally.closed, tally.resent);
  json += fmt::format("  \"mix\": {},\n", parts_json(summary));
  json += latencies_json(summary) + client_json(summary);
  json += fmt::format("  \"cut\": {},\n", summary.cut);
  json += fmt::format("  \"warnings\": {},\n", list_json(summary.warnings(), quoted));
  json += fmt::format("  \"seconds\": {},\n", list_json(summary.seconds, second_json));
  json += fmt::format("  \"histogram\": \"{}\"\n}}\n", encode(tally.latency.compact()));
  return json;
}

}  // namespace assay::load
