#include "harness/truth/truth_record.h"

#include "harness/truth/draw.h"

namespace assay::truth {
namespace {

double us(Seconds time) { return time.count() * 1e6; }

}  // namespace

TimesRecord record_of(const load::Histogram& times) {
  const auto at = [&](double share) { return load::in_microseconds(times.percentile(share)); };
  return {times.count(),
          times.mean_ns() / 1e3,
          at(0.5),
          at(0.9),
          at(0.99),
          at(0.999),
          load::in_microseconds(times.max())};
}

FatesRecord record_of(const FateCounts& counts) {
  FatesRecord record;
  for (const auto& [fate, name] : model::enumerators_of<Fate>) {
    record.emplace(name, counts[fate]);
  }
  return record;
}

LawRecord record_of(const Law& law) {
  return {std::string(name(law)), us(mean(law)),           us(quantile(law, 0.5)),
          us(quantile(law, 0.9)), us(quantile(law, 0.99)), us(quantile(law, 0.999))};
}

ForecastRecord forecast(const ServiceSettings& settings, std::uint64_t requests) {
  ForecastRecord record{record_of(settings.law), settings.seed, requests, {}, 0};
  record.fates = record_of(fates_of_first(settings.faults, settings.seed, requests));
  nanoseconds sum{0};
  for (std::uint64_t request = 0; request < requests; ++request) {
    sum += drawn(settings.law, draw(settings.seed, Purpose::service_time, request));
  }
  record.service_s = load::in_seconds(sum);
  return record;
}

}  // namespace assay::truth
