#include "server/app/owned_request.h"

#include <cstddef>

namespace assay {
namespace {

std::size_t size_of(const wire::Request& request) {
  const wire::RequestHead& head = request.head;
  std::size_t size = head.method_name.size() + head.target.size() + request.path.size() +
                     request.query.size() + request.body.size();
  for (const wire::HeaderField& field : head.fields()) {
    size += field.name.size() + field.value.size();
  }
  return size;
}

}  // namespace

OwnedRequest::OwnedRequest(const wire::Request& request) : request_{head_, {}, {}, {}} {
  bytes_.reserve(size_of(request));
  head_.method = request.head.method;
  head_.version = request.head.version;
  head_.method_name = copied(request.head.method_name);
  head_.target = copied(request.head.target);
  for (const wire::HeaderField& field : request.head.fields()) {
    const std::string_view name = copied(field.name);
    head_.add({name, copied(field.value)});
  }
  request_.path = copied(request.path);
  request_.query = copied(request.query);
  request_.body = copied(request.body);
}

std::string_view OwnedRequest::copied(std::string_view text) {
  const std::size_t at = bytes_.size();
  bytes_ += text;
  return std::string_view(bytes_).substr(at, text.size());
}

}  // namespace assay
