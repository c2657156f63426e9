// One trial as it is kept: a line of the journal, and an element of result.json. A typed model.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "server/model/field.h"

namespace assay::lab {

using model::field;

struct Latency {
  double mean = 0;
  double p50 = 0;
  std::optional<double> p90;  // these only where a hundred replies lie beyond
  std::optional<double> p99;
  std::optional<double> p99_9;
  std::optional<double> p99_99;
  double max = 0;
  static constexpr auto model() {
    return std::tuple{field<"mean">(&Latency::mean),   field<"p50">(&Latency::p50),
                      field<"p90">(&Latency::p90),     field<"p99">(&Latency::p99),
                      field<"p99_9">(&Latency::p99_9), field<"p99_99">(&Latency::p99_99),
                      field<"max">(&Latency::max)};
  }
};

// One measurement of one cell on a freshly started server.
struct Trial {
  int block = 0;
  int order = 0;  // within its block
  std::string workload;
  std::string baseline;
  std::string load;
  bool twin = false;  // of the cell that is there to show the host's noise
  std::string started;
  bool valid = false;
  std::vector<std::string> reasons;   // why it is not
  std::vector<std::string> warnings;  // of a valid one: what a reader must know
  std::uint64_t requests = 0;
  double duration_s = 0;
  double rate = 0;
  std::map<std::string, std::uint64_t> errors;
  std::map<std::string, std::uint64_t> status;
  std::uint64_t bytes = 0;
  Latency latency_us;
  double client_cpu = 0;  // of its busiest thread: 1 is a whole core
  double server_cpu_us_per_request = 0;
  std::uint64_t memory_bytes = 0;
  static constexpr auto model() {
    return std::tuple{field<"block">(&Trial::block),
                      field<"order">(&Trial::order),
                      field<"workload">(&Trial::workload),
                      field<"baseline">(&Trial::baseline),
                      field<"load">(&Trial::load),
                      field<"twin">(&Trial::twin),
                      field<"started">(&Trial::started),
                      field<"valid">(&Trial::valid),
                      field<"reasons">(&Trial::reasons),
                      field<"warnings">(&Trial::warnings),
                      field<"requests">(&Trial::requests),
                      field<"duration_s">(&Trial::duration_s),
                      field<"rate">(&Trial::rate),
                      field<"errors">(&Trial::errors),
                      field<"status">(&Trial::status),
                      field<"bytes">(&Trial::bytes),
                      field<"latency_us">(&Trial::latency_us),
                      field<"client_cpu">(&Trial::client_cpu),
                      field<"server_cpu_us_per_request">(&Trial::server_cpu_us_per_request),
                      field<"memory_bytes">(&Trial::memory_bytes)};
  }
};

}  // namespace assay::lab
