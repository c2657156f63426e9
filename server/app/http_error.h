// What a handler, a dependency or a hook throws to answer with an error: `throw not_found("no such
// item")`. The application writes it in its dialect (error_dialect.h). Plain data.
#pragma once
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace assay {

struct Field {
  std::string name;
  std::string value;
};

class HttpError : public std::exception {
 public:
  // REQUIRES: 400 <= status <= 599. `detail` is shown to the peer.
  HttpError(int status, std::string detail, std::vector<Field> fields = {})
      : status_(status), detail_(std::move(detail)), fields_(std::move(fields)) {}

  int status() const { return status_; }
  const std::string& detail() const { return detail_; }
  const std::vector<Field>& fields() const { return fields_; }
  const char* what() const noexcept override { return detail_.c_str(); }

 private:
  int status_;
  std::string detail_;
  std::vector<Field> fields_;
};

inline HttpError bad_request(std::string detail) { return {400, std::move(detail)}; }
// `challenge` says how to prove who one is: "Bearer" (RFC 9110, 11.6.1 wants one).
inline HttpError unauthorized(std::string detail, std::string challenge = "Bearer") {
  return {401, std::move(detail), {{"WWW-Authenticate", std::move(challenge)}}};
}
inline HttpError forbidden(std::string detail) { return {403, std::move(detail)}; }
inline HttpError not_found(std::string detail) { return {404, std::move(detail)}; }
inline HttpError conflict(std::string detail) { return {409, std::move(detail)}; }

}  // namespace assay
