// What the API's description says of one route, gathered from its handler's types when it is added.
// Plain data; openapi.h writes it.
#pragma once
#include <map>
#include <string>
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

  // A request has one body: throws std::logic_error where another was wanted before.
  void add_body(const std::string& type, std::string schema);
};

}  // namespace assay
