// One value, or several, out of texts that have names: parameters and the fields of forms.
//
// `Texts` gives them: last(name), all(name), report(problem, name). Compile-time glue between what
// a request holds and model/text_value.h; what is wrong is reported, the rest goes on.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "server/app/problem_place.h"
#include "server/model/annotations.h"
#include "server/model/field.h"
#include "server/model/json_text.h"
#include "server/model/member_rules.h"
#include "server/model/rules.h"
#include "server/model/text_value.h"

namespace assay {

template <class T>
inline constexpr bool takes_several = false;
template <class T>
inline constexpr bool takes_several<std::vector<T>> = true;
template <class T>
inline constexpr bool takes_several<std::optional<std::vector<T>>> = true;

// What a description says of a text that may be missing: it is not there, or a T. There is no null.
template <class T>
struct WithoutOptional {
  using Type = T;
};
template <class T>
struct WithoutOptional<std::optional<T>> {
  using Type = T;
};
template <class T>
using TextOf = typename WithoutOptional<T>::Type;

template <class T, class... Rules>
constexpr bool is_required(const std::tuple<Rules...>& /*rules*/) {
  return !takes_several<T> && !model::may_be_absent<T, Rules...>;
}

template <class Texts>
void report_missing(const Texts& texts, std::string_view name) {
  texts.report(model::problem_of(model::missing), name);
}

template <class T, class Rules, class Texts>
void read_one(T& out, std::string_view text, std::string_view name, const Rules& rules,
              const Texts& texts) {
  if (std::optional<model::Problem> problem = model::read_text(out, text)) {
    return texts.report(std::move(*problem), name);
  }
  model::check_rules(out, rules, [&](model::Problem problem) {
    if (problem.input.empty()) show_input(problem, text);
    texts.report(std::move(problem), name);
  });
}

template <class T, class Rules, class Texts>
void read_list(std::vector<T>& out, const std::vector<std::string>& given, std::string_view name,
               const Rules& rules, const Texts& texts) {
  for (std::size_t i = 0; i < given.size(); ++i) {
    T element{};
    if (std::optional<model::Problem> problem = model::read_text(element, given[i])) {
      place_at(*problem, i);
      texts.report(std::move(*problem), name);
    }
    out.push_back(std::move(element));
  }
  model::check_rules(out, rules,
                     [&](model::Problem problem) { texts.report(std::move(problem), name); });
}

template <class T, class... Rules>
void set_default(T& out, const std::tuple<Rules...>& rules) {
  constexpr std::size_t index = model::default_index<Rules...>();
  if constexpr (index < sizeof...(Rules)) {
    // A default that names no value is the member's own initialiser, which it has already.
    if constexpr (requires { std::get<index>(rules).set(out); }) std::get<index>(rules).set(out);
  }
}

template <class T, class Rules, class Texts>
void read_member(T& out, std::string_view name, const Rules& rules, const Texts& texts) {
  if constexpr (takes_several<T> && model::is_optional<T>) {
    const std::vector<std::string> given = texts.all(name);
    if (!given.empty()) read_list(out.emplace(), given, name, rules, texts);
  } else if constexpr (takes_several<T>) {
    read_list(out, texts.all(name), name, rules, texts);
  } else {
    const std::optional<std::string> given = texts.last(name);
    if (given) return read_one(out, *given, name, rules, texts);
    if (is_required<T>(rules)) return report_missing(texts, name);
    set_default(out, rules);
  }
}

}  // namespace assay
