// The rules on a value that exists: what a handler answers is held to its own model.
//
// Types are right by construction, so that it is rules alone, and what JSON cannot carry: a double
// that is not finite, text that is no UTF-8, an enumerator that is not listed. Pure; any thread.
#pragma once
#include <cmath>
#include <concepts>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "server/model/enumerated.h"
#include "server/model/field.h"
#include "server/model/json_write.h"
#include "server/model/member_rules.h"
#include "server/model/problem.h"
#include "server/model/utf8.h"
#include "server/model/value_kinds.h"

namespace assay::model {

class ValueCheck {
 public:
  std::vector<Problem> problems() && { return std::move(problems_); }

  template <class T>
  void check(const T&) {}  // nothing can be wrong with an integer, a bool, a UUID
  template <std::floating_point T>
  void check(const T& value) {
    if (!std::isfinite(value)) report(problem_of(not_finite));
  }
  void check(const std::string& text) {
    if (!is_utf8(text)) report(problem_of(not_unicode));
  }
  template <Enumerated E>
  void check(const E& value) {
    if (name_of(value).empty()) report(not_one_of("enum", quoted_names<E>()));
  }
  template <class T>
  void check(const std::optional<T>& value) {
    if (value) check(*value);
  }
  template <class T>
    requires is_list<T>
  void check(const T& values) {
    std::size_t index = 0;
    for (const auto& value : values) {
      within(index++, [&] { check(static_cast<const typename T::value_type&>(value)); });
    }
  }
  template <class T>
    requires is_map<T>
  void check(const T& entries) {
    for (const auto& [key, value] : entries) {
      within(key, [&, &inner = value] { check(inner); });
    }
  }
  template <class... Ts>
  void check(const std::variant<Ts...>& value) {
    std::visit([this](const auto& model) { this->check(model); }, value);
  }
  template <Model T>
  void check(const T& value) {
    for_each_field<T>([&](const auto& field, std::size_t) {
      within(std::string(field.name), [&] {
        const std::size_t before = problems_.size();
        check(value.*(field.member));
        if (problems_.size() > before) return;
        check_rules(value.*(field.member), field.rules, [&](Problem problem) {
          problem.input = shown_input(to_json(value.*(field.member)));
          report(std::move(problem));
        });
      });
    });
  }

 private:
  void report(Problem problem) {
    problem.location = location_;
    problems_.push_back(std::move(problem));
  }
  template <class Name, class Check>
  void within(const Name& step, Check&& check_inner) {
    location_.emplace_back(step);
    check_inner();
    location_.pop_back();
  }

  std::vector<Step> location_;
  std::vector<Problem> problems_;
};

template <class T>
std::vector<Problem> problems_of(const T& value) {
  ValueCheck all;
  all.check(value);
  return std::move(all).problems();
}

}  // namespace assay::model
