// A request whose parts may differ from one to the next, as bytes on the wire.
//
// {seq} is the request's number in the run, {random:a:b} a whole number from a to b, {pick:x|y|z}
// one of the texts, {pick:@FILE} one of the file's lines. They may stand in the target, in headers'
// values and in the body; other braces are what they are, and a "{seq}" that is to be sent as such
// wants `verbatim`. In the target a text's spaces, "#" and the like become %XX, while / ? & = % are
// left alone. What a request holds follows from the seed and its number alone, so agents that share
// a run send what one would. Immutable; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "harness/load/load_error.h"
#include "harness/load/request/request.h"
#include "harness/load/request/text_template.h"

namespace assay::load {

class RequestTemplate {
 public:
  // Refuses a {random:..} without two whole numbers, an empty {pick:}, a file that cannot be read,
  // and a line end in a text for a header. `authority` and `keep_alive` as in wire_bytes.
  static Result<RequestTemplate> of(const Request& request, std::string_view authority,
                                    bool keep_alive, std::uint64_t seed);
  static RequestTemplate verbatim(const Request& request, std::string_view authority,
                                  bool keep_alive);

  bool is_fixed() const { return !is_filled_; }              // every request is the same
  const std::string& fixed_bytes() const { return fixed_; }  // REQUIRES: is_fixed()
  // Adds request `number` to `out`. Content-Length is that of the body as it has become.
  void append(std::string& out, std::uint64_t number) const;

 private:
  bool is_filled_ = false;
  bool counts_body_ = false;  // the body's length stands between head and rest, and is not fixed
  std::string fixed_;
  TextTemplate head_;  // up to the length
  std::string rest_;   // of the head
  TextTemplate body_;
};

}  // namespace assay::load
