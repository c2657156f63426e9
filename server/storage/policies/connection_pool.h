// The policy `pool`: a few connections, each used by one after the other. They are opened as they
// are needed, up to the pool's size. Who finds none free waits in line: what becomes free goes to
// the first of those who wait, and nobody overtakes. Who has waited for too long gets
// no_connection_free.
#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "server/storage/policies/connection_source.h"
#include "server/storage/policies/lent_connection.h"

namespace assay::storage {

class ConnectionPool final : public ConnectionSource {
 public:
  explicit ConnectionPool(const Ground& ground) : ground_(ground) {}
  ~ConnectionPool() override { ConnectionPool::stop(); }

  void start() override;
  void stop() noexcept override;  // those who wait are told `closing`
  void use(Purpose purpose, const Borrower& borrower) override;

 private:
  using Lent = std::unique_ptr<LentConnection>;
  // One of the pool's places. Empty: it is to be filled by who has it.
  struct Place {
    Lent connection;
  };
  class Waiting;

  Place take_place();
  Place wait_for_place(std::unique_lock<std::mutex>& lock);
  void give_back(Place place) noexcept;

  Ground ground_;
  std::mutex mutex_;  // guards all below
  bool is_open_ = false;
  std::size_t taken_ = 0;   // places
  std::vector<Lent> free_;  // the last used is the first taken: what it read is still in the cache
  std::deque<Waiting*> waiting_;
  std::condition_variable all_back_;
};

}  // namespace assay::storage
