#include "server/app/form.h"

#include <algorithm>
#include <variant>

#include "server/app/problem_place.h"
#include "server/model/json_text.h"

namespace assay {

HttpError http_error_of(forms::FormError error) {
  return {forms::status_of(error), std::string(forms::text_of(error))};
}

forms::FormData FormSink::finish() {
  if (error_) throw http_error_of(*error_);
  auto finished = reader_.finish();
  if (const auto* const error = std::get_if<forms::FormError>(&finished)) {
    throw http_error_of(*error);
  }
  return std::get<forms::FormData>(std::move(finished));
}

forms::FormData& form_of(Context& context) {
  if (context.form_failure()) std::rethrow_exception(context.form_failure());
  if (context.form() != nullptr) return *context.form();
  if (context.sink() != nullptr) {
    context.set_form(context.sink()->finish());
    return *context.form();
  }
  const Request& request = context.request();
  auto reader = forms::FormReader::of(request.head.find("Content-Type").value_or(""),
                                      context.services().form_limits);
  if (const auto* const error = std::get_if<forms::FormError>(&reader)) {
    throw http_error_of(*error);
  }
  FormSink sink(std::get<forms::FormReader>(std::move(reader)));
  sink.take(request.body);
  context.set_form(sink.finish());
  return *context.form();
}

void report_in_form(Context& context, model::Problem problem, std::string_view name) {
  place_in(problem, name);
  place_in(problem, "body");
  context.add_problem(std::move(problem));
}

void refuse_other_fields(Context& context, const std::vector<std::string_view>& known) {
  const auto refuse = [&](const std::string& name, std::string_view value) {
    if (std::find(known.begin(), known.end(), name) != known.end()) return;
    model::Problem problem = model::problem_of(model::extra);
    show_input(problem, value);
    report_in_form(context, std::move(problem), name);
  };
  for (const forms::FormField& field : form_of(context).fields) refuse(field.name, field.value);
  for (const forms::UploadedPart& part : form_of(context).files) {
    if (!part.name.empty()) refuse(part.name, part.file.filename());
  }
}

std::optional<std::string> FormTexts::last(std::string_view name) const {
  const std::vector<std::string_view> values = form_.all_fields(name);
  if (values.empty()) return std::nullopt;
  return std::string(values.back());
}

std::vector<std::string> FormTexts::all(std::string_view name) const {
  const std::vector<std::string_view> values = form_.all_fields(name);
  return {values.begin(), values.end()};
}

std::vector<Upload> FormTexts::files(std::string_view name) const {
  std::vector<Upload> files;
  for (forms::UploadedPart& part : form_.files) {
    if (part.name == name && !part.file.is_left_empty()) files.push_back(std::move(part.file));
  }
  return files;
}

void FormTexts::refuse_text(std::string_view name) const {
  for (const std::string_view value : form_.all_fields(name)) {
    model::Problem problem = model::problem_of({"file_type", "Input should be a file"});
    show_input(problem, value);
    report(std::move(problem), name);
  }
}

void FormTexts::refuse_file(std::string_view name) const {
  for (const Upload* const file : form_.all_files(name)) {
    model::Problem problem = model::problem_of(model::no_string);
    show_input(problem, file->filename());
    report(std::move(problem), name);
  }
}

void FormSchema::add(std::string_view name, std::string_view schema, bool required) {
  if (!properties_.empty()) properties_ += ',';
  model::append_json_string(properties_, name);
  properties_.append(":").append(schema);
  if (!required) return;
  if (!required_.empty()) required_ += ',';
  model::append_json_string(required_, name);
}

std::string FormSchema::text(bool is_closed) const {
  std::string text = R"({"type":"object","properties":{)" + properties_ + "}";
  if (!required_.empty()) text += R"(,"required":[)" + required_ + "]";
  if (is_closed) text += R"(,"additionalProperties":false)";
  return text + "}";
}

std::string file_schema(bool several) {
  const std::string one = R"({"type":"string","format":"binary"})";
  return several ? R"({"type":"array","items":)" + one + "}" : one;
}

}  // namespace assay
