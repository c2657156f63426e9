// Why the server cannot start, as a sentence for whoever started it.
#pragma once
#include <stdexcept>

namespace assay::runtime {

class StartError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace assay::runtime
