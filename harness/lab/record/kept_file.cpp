#include "harness/lab/record/kept_file.h"

#include <string_view>

#include <fmt/format.h>

#include "harness/lab/record/indented_json.h"
#include "harness/lab/record/result.h"
#include "harness/lab/record/run_beginning.h"
#include "server/model/json_write.h"
#include "server/model/schema.h"

namespace assay::lab {
namespace {

struct About {
  std::string_view name;  // in its $id
  std::string_view title;
  std::string_view description;
};

constexpr About about_result{
    "result", "The result of a run of Assay",
    "A run's result.json: what was measured, on which host, with which build, every trial, and "
    "what "
    "they say in sum. Written by `assay run`. Medians over trials stand with the ends of their 95 "
    "% "
    "intervals, which are null where there were too few trials. Times are in the unit that the "
    "name "
    "ends in; shares are from 0 to 1. A reader passes over members that it does not know."};
constexpr About about_journal{
    "journal-line", "One trial of a run of Assay",
    "A line of journal.ndjson: one measurement of one cell on a freshly started server. Synced to "
    "the disk before the next trial begins; the same stands in `trials` of result.json."};
constexpr About about_beginning{"run-beginning", "What a run of Assay was begun with",
                                "A run's run.json, written before its first trial, so that a run "
                                "that was cut off goes on as it "
                                "began: assay run PLAN --resume."};

// The models' schemas are made for OpenAPI, where those with a name stand elsewhere.
std::string in_a_document_of_its_own(std::string schema) {
  constexpr std::string_view theirs = "\"#/components/schemas/";
  for (auto at = schema.find(theirs); at != schema.npos; at = schema.find(theirs, at)) {
    schema.replace(at, theirs.size(), "\"#/$defs/");
  }
  return schema;
}

// `own` is what the document says of its root beside the model's schema.
template <class Model>
std::string document(const About& about, std::string_view own) {
  model::Schemas named;
  std::string root;
  model::append_schema<Model>(root, named);  // {"$ref":"..."}, which may have words beside it
  std::string definitions;
  for (const auto& [name, schema] : named.all()) {
    definitions +=
        fmt::format("{}{}:{}", definitions.empty() ? "" : ",", model::to_json(name), schema);
  }
  const std::string text = fmt::format(
      R"({{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:assay:{}:{}",)"
      R"("title":{},"description":{},{}{},"$defs":{{{}}}}})",
      about.name, current_schema, model::to_json(about.title), model::to_json(about.description),
      root.substr(1, root.size() - 2), own, definitions);
  return indented_json(in_a_document_of_its_own(text));
}

}  // namespace

std::string schema_of(KeptFile file) {
  switch (file) {
    case KeptFile::result:
      return document<RunResult>(
          about_result,
          fmt::format(R"(,"properties":{{"schema":{{"const":{}}}}})", current_schema));
    case KeptFile::journal: return document<Trial>(about_journal, "");
    case KeptFile::beginning: return document<RunBeginning>(about_beginning, "");
  }
  return {};
}

}  // namespace assay::lab
