// The rules of a member or an argument, applied to its value: the first that fails is the problem.
// Pure; any thread.
#pragma once
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "server/model/field.h"
#include "server/model/json_reader.h"
#include "server/model/problem.h"

namespace assay::model {

// Whether it holds; calls `report(problem)` where it does not.
template <class T, class Rule, class Report>
bool check_rule(const T& value, const Rule& rule, Report&& report) {
  if constexpr (requires { rule.holds(value); }) {
    if (rule.holds(value)) [[likely]]
      return true;
    report(rule.problem(value));
    return false;
  } else {
    return true;
  }
}
// Where a rule says nothing of optionals, it is about the value of one.
template <class T, class Rule, class Report>
  requires(Rule::template fits<T>)
bool check_rule(const std::optional<T>& value, const Rule& rule, Report&& report) {
  return !value || check_rule(*value, rule, report);
}

template <class T, class... Rules>
void check_rules(const T& value, [[maybe_unused]] const std::tuple<Rules...>& rules,
                 [[maybe_unused]] auto&& report) {
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    static_cast<void>((check_rule(value, std::get<I>(rules), report) && ...));
  }(std::index_sequence_for<Rules...>());
}

// The same while reading: a value that is wrong already is not asked.
template <class T, class... Rules>
void require_rules(JsonReader& reader, const char* at, const char* behind, const T& value,
                   const std::tuple<Rules...>& rules) {
  if constexpr (sizeof...(Rules) > 0) {
    check_rules(value, rules, [&](Problem problem) {
      if (!reader.has_problem_since(at)) reader.report(at, behind, std::move(problem));
    });
  }
}

// What an absent member becomes: its default, or nothing. A required one stays as it is.
template <class Owner, FixedString Name, class Member, class... Rules>
void set_default(Member& out, const Field<Name, Owner, Member, Rules...>& field) {
  constexpr std::size_t index = default_index<Rules...>();
  if constexpr (index == sizeof...(Rules)) {
    if constexpr (is_optional<Member>) out.reset();
  } else if constexpr (requires { std::get<index>(field.rules).set(out); }) {
    std::get<index>(field.rules).set(out);
  } else {
    static const Owner made{};
    out = made.*(field.member);
  }
}

}  // namespace assay::model
