#include "server/app/error_dialect.h"

#include <algorithm>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "server/model/json_text.h"
#include "server/wire/refusal.h"

namespace assay {
namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::string_view problem_type = "application/problem+json";

void append_location(std::string& out, const std::vector<model::Step>& location, bool from_value) {
  out += '[';
  for (std::size_t i = from_value && location.size() > 1 ? 1 : 0; i < location.size(); ++i) {
    if (out.back() != '[') out += ',';
    if (const auto* const name = std::get_if<std::string>(&location[i])) {
      model::append_json_string(out, *name);
    } else {
      fmt::format_to(std::back_inserter(out), "{}", std::get<std::size_t>(location[i]));
    }
  }
  out += ']';
}

void append_problem(std::string& out, const model::Problem& problem, bool from_value) {
  out += R"({"type":)";
  model::append_json_string(out, problem.kind);
  out += R"(,"loc":)";
  append_location(out, problem.location, from_value);
  out += R"(,"msg":)";
  model::append_json_string(out, problem.message);
  // Where nothing was given there is nothing to show, which the others write as null.
  out.append(R"(,"input":)").append(problem.input.empty() ? "null" : problem.input);
  if (!problem.context.empty()) out.append(R"(,"ctx":)").append(problem.context);
  out += '}';
}

void append_problems(std::string& out, const std::vector<model::Problem>& problems,
                     bool from_value) {
  out += '[';
  for (const model::Problem& problem : problems) {
    if (&problem != &problems.front()) out += ',';
    append_problem(out, problem, from_value);
  }
  out += ']';
}

void append_problem_details(std::string& out, std::string_view type, std::string_view title,
                            int status, std::string_view detail) {
  out += R"({"type":)";
  model::append_json_string(out, type);
  out += R"(,"title":)";
  model::append_json_string(out, title);
  fmt::format_to(std::back_inserter(out), R"(,"status":{},"detail":)", status);
  model::append_json_string(out, detail);
}

bool is_malformed(const model::Problem& problem) { return problem.kind == "json_invalid"; }

void write_invalid_problem(Reply& reply, const std::vector<model::Problem>& problems) {
  const bool malformed = std::any_of(problems.begin(), problems.end(), is_malformed);
  const int status = malformed ? 400 : 422;
  const std::string_view title = malformed ? "Malformed Request Body" : "Request Validation Failed";
  const std::string detail = fmt::format("{} validation error{} in request", problems.size(),
                                         problems.size() == 1 ? "" : "s");
  std::string& out = reply.start(status, problem_type);
  append_problem_details(out, "https://spikard.dev/errors/validation-error", title, status, detail);
  out += R"(,"errors":)";
  append_problems(out, problems, false);
  out += '}';
}

}  // namespace

void write_error(Reply& reply, ErrorDialect dialect, int status, std::string_view detail,
                 std::string_view id) {
  const bool is_problem = dialect == ErrorDialect::problem;
  std::string& out = reply.start(status, is_problem ? problem_type : json_type);
  if (is_problem) {
    append_problem_details(out, "about:blank", wire::reason_of(status), status, detail);
  } else {
    out += R"({"detail":)";
    model::append_json_string(out, detail);
  }
  if (!id.empty()) {
    out += R"(,"id":)";
    model::append_json_string(out, id);
  }
  out += '}';
}

void write_invalid(Reply& reply, ErrorDialect dialect,
                   const std::vector<model::Problem>& problems) {
  if (dialect == ErrorDialect::problem) return write_invalid_problem(reply, problems);
  std::string& out = reply.start(422, json_type);
  out += R"({"detail":)";
  append_problems(out, problems, dialect == ErrorDialect::barq);
  out += '}';
}

}  // namespace assay
