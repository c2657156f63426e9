// Why two differ: what each factor makes of a lead, and how rates grow. Typed models.
#pragma once
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "harness/lab/record/quantity_record.h"
#include "server/model/annotations.h"
#include "server/model/field.h"

namespace assay::lab {

using model::description;
using model::field;

// Two baselines under one load: by how much the one leads.
struct LeadRecord {
  std::string ours;
  std::string theirs;
  std::string load;
  std::optional<Quantity> ratio;
  static constexpr auto model() {
    return std::tuple{
        field<"ours">(&LeadRecord::ours, description("Label of the one")),
        field<"theirs">(&LeadRecord::theirs, description("Label of the other")),
        field<"load">(&LeadRecord::load, description("Under which both were asked")),
        field<"ratio">(&LeadRecord::ratio, description("Ours over theirs, paired by block"))};
  }
};

// What one factor makes of a documented lead: the lead as documented and with that factor alone
// made fair; the fair lead and with that factor alone as documented.
struct FactorRecord {
  std::string name;
  std::string workload;
  LeadRecord documented;
  LeadRecord documented_but;
  LeadRecord fair;
  LeadRecord fair_but;
  std::optional<Quantity> first;
  std::optional<Quantity> last;
  std::optional<Quantity> share;
  std::string missing;
  static constexpr auto model() {
    return std::tuple{
        field<"name">(&FactorRecord::name, description("What was turned")),
        field<"workload">(&FactorRecord::workload, description("What was asked")),
        field<"documented">(&FactorRecord::documented, description("The lead as documented")),
        field<"documented_but">(&FactorRecord::documented_but,
                                description("As documented, with this factor alone made fair")),
        field<"fair">(&FactorRecord::fair, description("The lead between equals")),
        field<"fair_but">(&FactorRecord::fair_but,
                          description("Between equals, with this factor alone as documented")),
        field<"first">(
            &FactorRecord::first,
            description(
                "documented over documented_but: above 1, the factor made the lead larger")),
        field<"last">(&FactorRecord::last,
                      description("fair_but over fair: the same from the other end")),
        field<"share">(&FactorRecord::share,
                       description("Of the logarithm of the documented lead, the mean of the ways "
                                   "that it was turned")),
        field<"missing">(&FactorRecord::missing, description("Why there is none"))};
  }
};

struct ScalingPoint {
  double size = 0;
  std::string baseline;
  std::string load;
  std::optional<Quantity> rate;
  static constexpr auto model() {
    return std::tuple{
        field<"size">(&ScalingPoint::size, description("Workers or cores")),
        field<"baseline">(&ScalingPoint::baseline, description("Label of what served")),
        field<"load">(&ScalingPoint::load, description("How it was asked")),
        field<"rate">(&ScalingPoint::rate, description("Right replies a second"))};
  }
};

// How a rate grows with workers or cores, and the law fitted to it.
struct ScalingRecord {
  std::string name;
  std::string workload;
  std::string by;
  std::string law;
  std::vector<ScalingPoint> points;
  std::optional<Quantity> sigma;
  std::optional<Quantity> kappa;
  std::optional<double> peak;
  std::string missing;
  static constexpr auto model() {
    return std::tuple{
        field<"name">(&ScalingRecord::name, description("Of the curve")),
        field<"workload">(&ScalingRecord::workload, description("What was asked")),
        field<"by">(&ScalingRecord::by, description("workers or cores")),
        field<"law">(&ScalingRecord::law, description("universal or amdahl; empty: no fit")),
        field<"points">(
            &ScalingRecord::points,
            description(
                "By size; the law is fitted to those that the client was not the limit of")),
        field<"sigma">(&ScalingRecord::sigma,
                       description("The share that only one does at a time")),
        field<"kappa">(&ScalingRecord::kappa, description("What each pair of workers costs")),
        field<"peak">(&ScalingRecord::peak,
                      description("Beyond which more make it slower; null: not seen")),
        field<"missing">(&ScalingRecord::missing, description("Why there is no fit"))};
  }
};

}  // namespace assay::lab
