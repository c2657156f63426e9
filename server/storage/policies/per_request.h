// The policy `per_request`: a connection is opened for each use and closed after it. Each has its
// statements compiled anew, and reads the schema first.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "server/storage/policies/connection_source.h"

namespace assay::storage {

class PerRequest final : public ConnectionSource {
 public:
  explicit PerRequest(const Ground& ground) : ground_(ground) {}
  ~PerRequest() override { PerRequest::stop(); }

  void start() override;
  void stop() noexcept override;
  void use(Purpose purpose, const Borrower& borrower) override;

 private:
  void begin_use();
  void end_use() noexcept;

  Ground ground_;
  std::mutex mutex_;  // guards is_open_, uses_
  std::condition_variable unused_;
  bool is_open_ = false;
  std::size_t uses_ = 0;
};

}  // namespace assay::storage
