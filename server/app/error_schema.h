// What errors look like in an application's description, for its dialect. Pure; any thread.
#pragma once
#include <map>
#include <string>

#include "server/app/error_dialect.h"
#include "server/app/operation.h"

namespace assay {

class ErrorSchemas {
 public:
  explicit ErrorSchemas(ErrorDialect dialect) : dialect_(dialect) {}

  ResponseDescription invalid() const;             // 422
  ResponseDescription plain(int status) const;     // any other
  std::map<std::string, std::string> all() const;  // name -> schema, for components

 private:
  bool is_problem() const { return dialect_ == ErrorDialect::problem; }

  ErrorDialect dialect_;
};

}  // namespace assay
