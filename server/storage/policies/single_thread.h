// The policy `single`: the writer's thread does everything, one after the other, in the order in
// which it was asked for; callers wait. Who asks when too many wait gets queue_full.
#pragma once
#include "server/storage/policies/connection_source.h"

namespace assay::storage {

class Writer;

class SingleThread final : public ConnectionSource {
 public:
  // `writer` is started before this, and stopped after it.
  SingleThread(const Ground& ground, Writer& writer) : ground_(ground), writer_(writer) {}

  void start() override {}
  void stop() noexcept override {}
  void use(Purpose purpose, const Borrower& borrower) override;

 private:
  Ground ground_;
  Writer& writer_;
};

}  // namespace assay::storage
