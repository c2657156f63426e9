#include "server/model/json_scalars.h"

#include <fmt/format.h>

namespace assay::model {
namespace {

bool starts_number(char c) { return c == '-' || (c >= '0' && c <= '9'); }

template <class Float>
const char* read_float(JsonReader& reader, const char* at, Float& out,
                       Float (*nearest)(std::string_view)) {
  if (!starts_number(*at)) return reader.wrong_value(at, no_number);
  const char* const behind = reader.skip_number(at);
  if (behind == nullptr) return nullptr;
  const Float value = nearest({at, static_cast<std::size_t>(behind - at)});
  if (std::isfinite(value)) {
    out = value;
  } else {
    reader.report(at, behind, problem_of(not_finite));
  }
  return behind;
}

bool is_in_range(const WholeNumber& number, IntegerRange range) {
  if (number.kind != WholeNumber::Kind::whole) return false;
  if (!number.negative) return number.magnitude <= range.most;
  // As unsigned, so that the least of all has its magnitude.
  return number.magnitude <= 0 - static_cast<std::uint64_t>(range.least);
}

Problem out_of_range(bool negative, IntegerRange range) {
  return negative ? bound_problem("greater_than_equal", "greater than or equal to", "ge",
                                  fmt::format("{}", range.least))
                  : bound_problem("less_than_equal", "less than or equal to", "le",
                                  fmt::format("{}", range.most));
}

}  // namespace

const char* read_uncommon(JsonReader& reader, const char* at, double& out) {
  return read_float(reader, at, out, double_of);
}

const char* read_value(JsonReader& reader, const char* at, float& out) {
  return read_float(reader, at, out, float_of);
}

const char* read_uncommon(JsonReader& reader, const char* at, IntegerRange range, AnyInteger& out) {
  if (!starts_number(*at)) return reader.wrong_value(at, no_integer);
  const char* const behind = reader.skip_number(at);
  if (behind == nullptr) return nullptr;
  auto problem = integer_of({at, static_cast<std::size_t>(behind - at)}, range, out);
  if (problem) reader.report(at, behind, std::move(*problem));
  return behind;
}

std::optional<Problem> integer_of(std::string_view text, IntegerRange range, AnyInteger& out) {
  const WholeNumber number = whole_of(text);
  if (number.kind == WholeNumber::Kind::fraction) return problem_of(fraction_for_integer);
  if (!is_in_range(number, range)) return out_of_range(number.negative, range);
  out = {true, number.negative ? 0 - number.magnitude : number.magnitude};
  return std::nullopt;
}

}  // namespace assay::model
