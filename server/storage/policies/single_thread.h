// The policy `single`: the writer's thread does everything, one after the other, in the order in
// which it was asked for; callers wait. Who wants to write when too many do gets queue_full.
#pragma once
#include <atomic>

#include "server/storage/policies/connection_source.h"

namespace assay::storage {

class Writer;

class SingleThread final : public ConnectionSource {
 public:
  // `writer` is started before this, and stopped after it.
  SingleThread(const Ground& ground, Writer& writer) : ground_(ground), writer_(writer) {}

  void start() override { is_open_ = true; }
  void stop() noexcept override { is_open_ = false; }
  void use(Purpose purpose, const Borrower& borrower) override;
  void add_counts(StorageCounts& counts) const override {
    if (is_open_) ++counts.open_connections;  // the writer's
  }

 private:
  Ground ground_;
  Writer& writer_;
  std::atomic<bool> is_open_ = false;
};

}  // namespace assay::storage
