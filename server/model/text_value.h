// Path, query, header, cookie and form values: text to a scalar, as lax as FastAPI is with strings.
//
//   int       "42" "-1" "+1" "007" "42.0", blanks around it; no "4_2", no "0x2a", no "4.5"
//   double    "1.5" "1e3" ".5" "5." "+1", blanks around it; no "nan", no "inf"
//   bool      true 1 yes y on t, false 0 no n off f, in any case
//   enums, Date, DateTime, Uuid as in JSON; std::string as it is, if it is UTF-8
//   optional  as its value; an absent one is the caller's to know
// Pure; any thread.
#pragma once
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

#include "server/model/enumerated.h"
#include "server/model/json_scalars.h"
#include "server/model/problem.h"
#include "server/model/value_kinds.h"

namespace assay::model {

// The problem with `text` for its input.
std::optional<Problem> text_problem(Problem problem, std::string_view text);

std::optional<Problem> read_text(bool& out, std::string_view text);
std::optional<Problem> read_text(double& out, std::string_view text);
std::optional<Problem> read_text(float& out, std::string_view text);
std::optional<Problem> read_text(std::string& out, std::string_view text);
std::optional<Problem> read_text(AnyInteger& out, std::string_view text, IntegerRange range);

template <Integer T>
std::optional<Problem> read_text(T& out, std::string_view text) {
  AnyInteger any;
  auto problem = read_text(any, text, range_of<T>);
  if (any.good) out = static_cast<T>(any.bits);
  return problem;
}
template <Enumerated E>
std::optional<Problem> read_text(E& out, std::string_view text) {
  const auto value = enumerator_named<E>(text);
  if (!value) return text_problem(not_one_of("enum", quoted_names<E>()), text);
  out = *value;
  return std::nullopt;
}
template <TextForm T>
std::optional<Problem> read_text(T& out, std::string_view text) {
  auto problem = T::parse(text, out);
  return problem ? text_problem(std::move(*problem), text) : std::nullopt;
}
template <class T>
std::optional<Problem> read_text(std::optional<T>& out, std::string_view text) {
  return read_text(out.emplace(), text);
}

}  // namespace assay::model
