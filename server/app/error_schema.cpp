#include "server/app/error_schema.h"

#include "server/wire/refusal.h"

namespace assay {
namespace {

constexpr const char* wrong_field =
    R"({"type":"object","required":["type","loc","msg"],"properties":{)"
    R"("type":{"type":"string"},"loc":{"type":"array","items":{"type":["string","integer"]}},)"
    R"("msg":{"type":"string"},"input":{},"ctx":{"type":"object"}}})";
constexpr const char* error =
    R"({"type":"object","required":["detail"],"properties":{"detail":{"type":"string"},)"
    R"("id":{"type":"string"}}})";
constexpr const char* invalid_request =
    R"({"type":"object","required":["detail"],"properties":{"detail":{"type":"array",)"
    R"("items":{"$ref":"#/components/schemas/WrongField"}}}})";
constexpr const char* problem =
    R"({"type":"object","required":["type","title","status","detail"],"properties":{)"
    R"("type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},)"
    R"("detail":{"type":"string"},"id":{"type":"string"},"errors":{"type":"array",)"
    R"("items":{"$ref":"#/components/schemas/WrongField"}}}})";

std::string reference_to(const char* name) {
  return R"({"$ref":"#/components/schemas/)" + std::string(name) + "\"}";
}

}  // namespace

ResponseDescription ErrorSchemas::invalid() const {
  if (is_problem()) return plain(422);
  return {"What was sent is not what this route takes.",
          "application/json",
          reference_to("InvalidRequest"),
          {}};
}

ResponseDescription ErrorSchemas::plain(int status) const {
  return {std::string(wire::reason_of(status)),
          is_problem() ? "application/problem+json" : "application/json",
          reference_to(is_problem() ? "Problem" : "Error"),
          {}};
}

std::map<std::string, std::string> ErrorSchemas::all() const {
  if (is_problem()) return {{"Problem", problem}, {"WrongField", wrong_field}};
  return {{"Error", error}, {"InvalidRequest", invalid_request}, {"WrongField", wrong_field}};
}

}  // namespace assay
