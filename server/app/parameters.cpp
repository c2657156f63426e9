#include "server/app/parameters.h"

#include <algorithm>

#include "server/app/problem_place.h"
#include "server/wire/cookies.h"
#include "server/wire/percent_decoding.h"
#include "server/wire/query.h"

namespace assay {
namespace {

// Calls use(name, value) for each pair of the place, decoded.
template <class Use>
void each_pair(const Context& context, In place, Use&& use) {
  const Request& request = context.request();
  if (place == In::query) {
    std::string name;
    std::string value;
    for (const wire::NamedValue& pair : wire::Query(request.query)) {
      use(wire::form_decoded(pair.name, name), wire::form_decoded(pair.value, value));
    }
    return;
  }
  for (const wire::HeaderField& field : request.head.fields()) {
    if (place == In::header) {
      use(field.name, field.value);
    } else if (wire::same_name(field.name, "Cookie")) {
      for (const wire::NamedValue& pair : wire::Cookies(field.value)) use(pair.name, pair.value);
    }
  }
}

bool is_name(In place, std::string_view name, std::string_view wanted) {
  return place == In::header ? wire::same_name(name, wanted) : name == wanted;
}

}  // namespace

std::string_view name_of(In place) {
  switch (place) {
    case In::path: return "path";
    case In::query: return "query";
    case In::header: return "header";
    case In::cookie: break;
  }
  return "cookie";
}

std::optional<std::string> last_value(const Context& context, In place, std::string_view name) {
  if (place == In::path) return context.path_value(name);
  std::optional<std::string> last;
  each_pair(context, place, [&](std::string_view known, std::string_view value) {
    // Of cookies the first: a browser sends the one with the longest path first (RFC 6265, 5.4).
    if (is_name(place, known, name) && !(last && place == In::cookie)) last = value;
  });
  return last;
}

std::vector<std::string> all_values(const Context& context, In place, std::string_view name) {
  std::vector<std::string> values;
  each_pair(context, place, [&](std::string_view known, std::string_view value) {
    if (is_name(place, known, name)) values.emplace_back(value);
  });
  return values;
}

void refuse_other_names(Context& context, In place, const std::vector<std::string_view>& known) {
  // Every client sends fields that nobody asked for.
  if (place == In::header) return;
  each_pair(context, place, [&](std::string_view name, std::string_view value) {
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    model::Problem problem = model::problem_of(model::extra);
    show_input(problem, value);
    ParameterTexts(context, place).report(std::move(problem), name);
  });
}

void ParameterTexts::report(model::Problem problem, std::string_view name) const {
  place_in(problem, name);
  place_in(problem, name_of(place_));
  context_.add_problem(std::move(problem));
}

}  // namespace assay
