// This library, as the rivals' headers show theirs.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "server/model/json_read.h"
#include "server/model/json_write.h"

namespace assay::model::rivals {

struct Ours {
  template <class T>
  class Reading {
   public:
    explicit Reading(std::string_view text) : text_(text) {}
    bool read(T& out) { return read_json(out, text_, problems_); }

   private:
    std::string_view text_;
    std::vector<Problem> problems_;
  };

  template <class T>
  class Writing {
   public:
    explicit Writing(const T&) {}
    std::string_view write(const T& value) {
      out_.clear();
      append_json(out_, value);
      return out_;
    }

   private:
    std::string out_;
  };
};

}  // namespace assay::model::rivals
