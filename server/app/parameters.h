// Typed values from the path, the query, the fields and the cookies of a request.
//
//   Path<"id", int>                                   Query<"limit", int, default_value(20),
//   at_most(100)> Query<"tag", std::vector<std::string>>            every tag=..., in order
//   Header<"X-Token", std::string>                    Cookie<"session", std::optional<std::string>>
//   QueryModel<Page>, HeaderModel<M>, CookieModel<M>  each member of the model is a parameter
//
// One that is not optional, has no default and is no vector must be there. Of several values of a
// single one the last counts. How text becomes a value is model/text_value.h.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "server/app/argument.h"
#include "server/app/text_members.h"
#include "server/model/schema.h"
#include "server/model/text_value.h"

namespace assay {

enum class In : std::uint8_t { path, query, header, cookie };

std::string_view name_of(In place);
// Nothing where there is none of this name; as it was sent, but for its encoding.
std::optional<std::string> last_value(const Context& context, In place, std::string_view name);
std::vector<std::string> all_values(const Context& context, In place, std::string_view name);
// Every name in the query that is none of `known` becomes a problem.
void refuse_other_names(Context& context, In place, const std::vector<std::string_view>& known);

// The texts of one request, for text_members.h.
class ParameterTexts {
 public:
  ParameterTexts(Context& context, In place) : context_(context), place_(place) {}
  std::optional<std::string> last(std::string_view name) const {
    return last_value(context_, place_, name);
  }
  std::vector<std::string> all(std::string_view name) const {
    return all_values(context_, place_, name);
  }
  void report(model::Problem problem, std::string_view name) const;

 private:
  Context& context_;
  In place_;
};

template <In Place, model::FixedString Name, class T, auto... Rules>
class Parameter {
 public:
  static_assert(!model::Model<T>,
                "the members of a model are parameters by QueryModel<T> and its like");
  const T& operator*() const { return value; }
  T& operator*() { return value; }
  const T* operator->() const { return &value; }
  operator const T&() const {
    return value;
  }  // NOLINT(google-explicit-constructor): reads as it is

  static Parameter taken(Context& context) {
    Parameter parameter;
    const ParameterTexts texts(context, Place);
    read_member(parameter.value, Name.view(), std::tuple(Rules...), texts);
    return parameter;
  }
  static void describe(Operation& operation, model::Schemas& schemas) {
    ParameterDescription description{std::string(Name.view()),
                                     std::string(name_of(Place)),
                                     {},
                                     is_required<T>(std::tuple(Rules...))};
    model::append_schema<TextOf<T>>(description.schema, schemas, std::tuple(Rules...));
    operation.parameters.push_back(std::move(description));
    operation.can_be_invalid = true;
  }

  T value{};
};

template <model::FixedString Name, class T = std::string, auto... Rules>
using Path = Parameter<In::path, Name, T, Rules...>;
template <model::FixedString Name, class T = std::string, auto... Rules>
using Query = Parameter<In::query, Name, T, Rules...>;
template <model::FixedString Name, class T = std::string, auto... Rules>
using Header = Parameter<In::header, Name, T, Rules...>;
template <model::FixedString Name, class T = std::string, auto... Rules>
using Cookie = Parameter<In::cookie, Name, T, Rules...>;

template <In Place, model::Model T>
class ParameterModel {
 public:
  const T& operator*() const { return value; }
  const T* operator->() const { return &value; }

  static ParameterModel taken(Context& context) {
    ParameterModel parameters;
    const ParameterTexts texts(context, Place);
    std::vector<std::string_view> names;
    model::for_each_field<T>([&](const auto& field, std::size_t) {
      read_member(parameters.value.*(field.member), field.name, field.rules, texts);
      names.push_back(field.name);
    });
    if constexpr (model::RefusesUnknown<T>) refuse_other_names(context, Place, names);
    return parameters;
  }
  static void describe(Operation& operation, model::Schemas& schemas) {
    model::for_each_field<T>([&](const auto& field, std::size_t) {
      using Member = std::remove_cvref_t<decltype(std::declval<T&>().*(field.member))>;
      ParameterDescription description{std::string(field.name),
                                       std::string(name_of(Place)),
                                       {},
                                       is_required<Member>(field.rules)};
      model::append_schema<TextOf<Member>>(description.schema, schemas, field.rules);
      operation.parameters.push_back(std::move(description));
    });
    operation.can_be_invalid = true;
  }

  T value{};
};

template <model::Model T>
using QueryModel = ParameterModel<In::query, T>;
template <model::Model T>
using HeaderModel = ParameterModel<In::header, T>;
template <model::Model T>
using CookieModel = ParameterModel<In::cookie, T>;

}  // namespace assay
