// A text of which parts are filled in anew for each request.
//
// What is filled in follows from the seed, the request's number and the place alone, so asking
// twice gives the same. Filling allocates nothing but the growth of `out`. Built by one thread;
// any number may fill it afterwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/load/load_error.h"
#include "harness/load/request/placeholder.h"
#include "harness/statistics/random_stream.h"

namespace assay::load {

class TextTemplate {
 public:
  enum class Where { target, header, body };

  void add_fixed(std::string_view text) { end_ += text; }
  // Text with placeholders. Each takes the next number of `keys`, which stands for its place. In a
  // target, bytes that may not stand there are written as %XX; a text for a header that would end
  // it is refused.
  std::optional<LoadError> add(std::string_view text, Where where, statistics::RandomStream& keys);

  bool is_fixed() const { return places_.empty(); }
  std::size_t size(std::uint64_t number) const;
  void append(std::string& out, std::uint64_t number) const;

 private:
  struct Place {
    std::string before;  // what is the same each time, up to here
    Placeholder filled;
    std::uint64_t key = 0;
  };

  std::vector<Place> places_;
  std::string end_;
};

}  // namespace assay::load
