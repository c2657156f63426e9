// The policy `per_thread`: each thread opens a connection with its first use and keeps it, until
// the thread ends or the database is stopped, whichever is first. Threads share nothing while they
// use theirs. Reads of a thread that tells when it waits are done in a snapshot held until then.
#pragma once
#include <memory>

#include "server/storage/policies/connection_source.h"

namespace assay::storage {

class ThreadRegister;

class PerThread final : public ConnectionSource {
 public:
  explicit PerThread(const Ground& ground);
  ~PerThread() override { PerThread::stop(); }

  void start() override;
  void stop() noexcept override;
  void use(Purpose purpose, const Borrower& borrower) override;
  void before_wait() noexcept override;
  void add_counts(StorageCounts& counts) const override;

 private:
  std::shared_ptr<ThreadRegister> register_;
};

}  // namespace assay::storage
