// Tells those who wait for writes that these are finished: wakes threads, and posts what resumes
// coroutines, all of one executor in one piece.
//
// Belongs to the writer's thread. Throws nothing: where an executor can take nothing just now (it
// has no thread, there is no memory), it is asked again with the next ones.
#pragma once
#include <memory>
#include <vector>

#include "server/storage/writing/write_operation.h"

namespace assay::storage {

class Delivery {
 public:
  using Items = std::vector<std::shared_ptr<WriteOperation>>;

  void tell(Items& finished) noexcept;  // which is empty afterwards
  void tell_again() noexcept;
  bool has_untold() const { return !untold_.empty(); }

 private:
  Items untold_;
};

}  // namespace assay::storage
