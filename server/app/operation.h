// What is known of one route from its handler's types when it is added: what the API's description
// says of it, and which services it takes. Plain data; openapi.h writes the description.
#pragma once
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

struct ParameterDescription {
  std::string name;
  std::string in;      // path, query, header or cookie
  std::string schema;  // JSON
  bool required = true;
};

struct ResponseDescription {
  std::string description;
  std::string type;                           // of its content, or empty
  std::string schema;                         // JSON, or empty
  std::map<std::string, std::string> fields;  // name -> schema
};

// A service that a handler takes, itself or by a dependency (service.h).
struct ServiceNeed {
  const void* key;
  std::string_view type;
  std::vector<const void*> within;  // keys of the dependencies by which; outermost first
};

// `who` takes it: "GET /users takes".
std::logic_error missing_service(std::string_view who, std::string_view type);

struct Operation {
  std::string id;
  std::string summary;
  std::string description;
  std::vector<std::string> tags;
  std::vector<ParameterDescription> parameters;
  std::map<std::string, std::string> bodies;  // media type -> schema
  bool body_required = true;
  bool can_be_invalid = false;  // answers 422
  bool deprecated = false;
  bool hidden = false;
  std::map<int, ResponseDescription> responses;

  std::vector<ServiceNeed> services;
  std::vector<const void*> within;  // the dependency that is being described; keys, outermost first

  // A request has one body: throws std::logic_error where another was wanted before.
  void add_body(const std::string& type, std::string schema);
};

}  // namespace assay
