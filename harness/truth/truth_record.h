// What the truth server tells of itself at GET /__truth__: typed models, written as JSON. Times of
// the clock are monotonic nanoseconds, as in the log of requests.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "harness/load/histogram/histogram.h"
#include "harness/truth/service.h"
#include "server/model/field.h"

namespace assay::truth {

using model::field;

using FatesRecord = std::map<std::string, std::uint64_t>;  // by the name of the fate

// The law of service time in closed form.
struct LawRecord {
  std::string name;
  double mean_us = 0;
  double p50_us = 0;
  double p90_us = 0;
  double p99_us = 0;
  double p99_9_us = 0;
  static constexpr auto model() {
    return std::tuple{field<"name">(&LawRecord::name),     field<"mean_us">(&LawRecord::mean_us),
                      field<"p50_us">(&LawRecord::p50_us), field<"p90_us">(&LawRecord::p90_us),
                      field<"p99_us">(&LawRecord::p99_us), field<"p99_9_us">(&LawRecord::p99_9_us)};
  }
};

// Times that were measured.
struct TimesRecord {
  std::uint64_t count = 0;
  double mean = 0;
  double p50 = 0;
  double p90 = 0;
  double p99 = 0;
  double p99_9 = 0;
  double max = 0;
  static constexpr auto model() {
    return std::tuple{field<"count">(&TimesRecord::count), field<"mean">(&TimesRecord::mean),
                      field<"p50">(&TimesRecord::p50),     field<"p90">(&TimesRecord::p90),
                      field<"p99">(&TimesRecord::p99),     field<"p99_9">(&TimesRecord::p99_9),
                      field<"max">(&TimesRecord::max)};
  }
};

struct TruthRecord {
  LawRecord law;
  std::uint64_t seed = 0;
  std::uint64_t servers = 0;  // 0: each request on its own
  std::optional<std::uint64_t> waiting_limit;
  double stall_every_s = 0;
  double stall_for_s = 0;
  std::int64_t began_ns = 0;  // stalls are counted from here
  std::int64_t now_ns = 0;
  std::uint64_t connections = 0;  // open now, the asking one included
  std::uint64_t requests = 0;     // that have arrived
  FatesRecord fates;              // of all that have arrived
  std::uint64_t settled = 0;      // whose fate has come to pass
  std::uint64_t lost = 0;         // whose connection had ended before, or was silent
  std::uint64_t held_up = 0;      // settled late because the client did not read
  double service_s = 0;           // drawn for all that have arrived
  double busy_s = 0;              // in which at least one was in service
  TimesRecord response_us;        // right and slow replies: from arrival until written
  TimesRecord lateness_us;        // from when something was due until it was done
  static constexpr auto model() {
    return std::tuple{field<"law">(&TruthRecord::law),
                      field<"seed">(&TruthRecord::seed),
                      field<"servers">(&TruthRecord::servers),
                      field<"waiting_limit">(&TruthRecord::waiting_limit),
                      field<"stall_every_s">(&TruthRecord::stall_every_s),
                      field<"stall_for_s">(&TruthRecord::stall_for_s),
                      field<"began_ns">(&TruthRecord::began_ns),
                      field<"now_ns">(&TruthRecord::now_ns),
                      field<"connections">(&TruthRecord::connections),
                      field<"requests">(&TruthRecord::requests),
                      field<"fates">(&TruthRecord::fates),
                      field<"settled">(&TruthRecord::settled),
                      field<"lost">(&TruthRecord::lost),
                      field<"held_up">(&TruthRecord::held_up),
                      field<"service_s">(&TruthRecord::service_s),
                      field<"busy_s">(&TruthRecord::busy_s),
                      field<"response_us">(&TruthRecord::response_us),
                      field<"lateness_us">(&TruthRecord::lateness_us)};
  }
};

// What is known before anything is served: the first requests of these settings.
struct ForecastRecord {
  LawRecord law;
  std::uint64_t seed = 0;
  std::uint64_t requests = 0;
  FatesRecord fates;
  double service_s = 0;
  static constexpr auto model() {
    return std::tuple{field<"law">(&ForecastRecord::law), field<"seed">(&ForecastRecord::seed),
                      field<"requests">(&ForecastRecord::requests),
                      field<"fates">(&ForecastRecord::fates),
                      field<"service_s">(&ForecastRecord::service_s)};
  }
};

LawRecord record_of(const Law& law);
TimesRecord record_of(const load::Histogram& times);
FatesRecord record_of(const FateCounts& counts);
ForecastRecord forecast(const ServiceSettings& settings, std::uint64_t requests);

}  // namespace assay::truth
