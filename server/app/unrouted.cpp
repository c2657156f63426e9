#include "server/app/unrouted.h"

#include <string>
#include <string_view>
#include <utility>

#include "server/app/error_dialect.h"
#include "server/app/problem_place.h"
#include "server/model/json_text.h"

namespace assay {
namespace {

using Outcome = routing::RouteTree::Outcome;
using routing::ParameterKind;

model::Problem problem_of(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::integer: return model::problem_of(model::unparsed_integer);
    case ParameterKind::number: return model::problem_of(model::unparsed_number);
    case ParameterKind::boolean: return model::problem_of(model::unparsed_bool);
    case ParameterKind::date: return model::problem_of(model::no_date);
    case ParameterKind::datetime: return model::problem_of(model::no_datetime);
    case ParameterKind::uuid: return model::problem_of(model::no_uuid);
    default: return model::problem_of(model::no_string);
  }
}

void add_wrong_value(Context& context, const routing::Parameter& parameter,
                     std::string_view value) {
  model::Problem problem = problem_of(parameter.kind);
  place_in(problem, parameter.name);
  place_in(problem, "path");
  show_input(problem, value);
  context.add_problem(std::move(problem));
}

void answer_wrong_values(Context& context, const routing::RouteTree& tree,
                         const routing::RouteTree::Match& match) {
  for (std::size_t i = 0; i < match.values().size(); ++i) {
    const routing::Parameter& parameter = tree.parameters(match.route)[i];
    if (routing::fits(parameter.kind, match.values()[i])) continue;
    add_wrong_value(context, parameter, match.values()[i]);
  }
  write_invalid(context.reply(), context.services().dialect, context.problems());
}

void answer_wrong_method(Context& context, std::string_view allowed) {
  Reply& reply = context.reply();
  if (context.request().head.method == wire::Method::options) {
    reply.start(204, {});
  } else {
    write_error(reply, context.services().dialect, 405, "Method Not Allowed");
  }
  reply.set_field("Allow", std::string(allowed));
}

// 307 keeps the method and the body.
void redirect_to_other_slash(Context& context) {
  const Request& request = context.request();
  std::string location(request.path);
  location.back() == '/' ? location.pop_back() : location.push_back('/');
  if (!request.query.empty()) location.append("?").append(request.query);
  context.reply().start(307, {});
  context.reply().set_field("Location", std::move(location));
}

// A location of "//host/" would lead to another host, and so would "/\\host/": browsers take the
// one for the other (WHATWG URL, 4.4).
bool is_safe_location(std::string_view path) {
  return path.size() < 2 || (path[1] != '/' && path[1] != '\\');
}

}  // namespace

void answer_unrouted(Context& context, const routing::RouteTree& tree,
                     const routing::RouteTree::Match& match, TrailingSlash trailing_slash) {
  if (match.outcome == Outcome::wrong_method) return answer_wrong_method(context, match.allowed);
  if (match.outcome == Outcome::wrong_value) return answer_wrong_values(context, tree, match);
  if (match.outcome == Outcome::other_slash && trailing_slash == TrailingSlash::redirect &&
      is_safe_location(context.request().path)) {
    return redirect_to_other_slash(context);
  }
  write_error(context.reply(), context.services().dialect, 404, "Not Found");
}

}  // namespace assay
