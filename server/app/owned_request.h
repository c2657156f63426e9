// A copy of a request, for whoever answers it after its connection has let go of its bytes.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "server/wire/request.h"

namespace assay {

class OwnedRequest {
 public:
  explicit OwnedRequest(const wire::Request& request);
  OwnedRequest(const OwnedRequest&) = delete;
  OwnedRequest& operator=(const OwnedRequest&) = delete;

  const wire::Request& request() const { return request_; }
  std::size_t size() const { return bytes_.size(); }

 private:
  std::string_view copied(std::string_view text);

  std::string bytes_;  // never grows: views point into it
  wire::RequestHead head_;
  wire::Request request_;
};

}  // namespace assay
