#include "server/storage/policies/per_thread.h"

#include <algorithm>
#include <new>
#include <utility>
#include <vector>

#include "server/storage/policies/thread_connection.h"
#include "server/storage/policies/thread_register.h"
#include "server/storage/sql/storage_error.h"

namespace assay::storage {

namespace {

// What one thread has of one database. It holds the register, so that the address of one that is
// gone never becomes another's.
struct Own {
  std::shared_ptr<ThreadRegister> home;
  std::shared_ptr<ThreadConnection> connection;  // null until it is used
  bool tells_when_it_waits = false;
};

class OwnConnections {
 public:
  ~OwnConnections() {
    for (const Own& own : owned_) {
      if (own.connection) own.home->dismiss(own.connection);
    }
  }

  Own* find(const ThreadRegister* home) noexcept {
    for (Own& own : owned_) {
      if (own.home.get() == home) return &own;
    }
    return nullptr;
  }

  Own& add(const std::shared_ptr<ThreadRegister>& home) {
    const auto is_gone = [](const Own& own) { return own.home.use_count() == 1; };
    owned_.erase(std::remove_if(owned_.begin(), owned_.end(), is_gone), owned_.end());
    return owned_.emplace_back(Own{home, nullptr});
  }

 private:
  std::vector<Own> owned_;
};

thread_local OwnConnections own_connections;

}  // namespace

PerThread::PerThread(const Ground& ground) : register_(std::make_shared<ThreadRegister>(ground)) {}

void PerThread::start() { register_->open(); }
void PerThread::stop() noexcept { register_->close(); }

void PerThread::use(Purpose purpose, const Borrower& borrower) {
  Own* own = own_connections.find(register_.get());
  if (own == nullptr) own = &own_connections.add(register_);
  const auto use_own = [&] {
    return own->connection && own->connection->use(purpose, borrower, own->tells_when_it_waits);
  };
  if (use_own()) return;
  own->connection = register_->admit();
  if (!use_own()) throw StorageError::closing();
}

void PerThread::before_wait() noexcept {
  Own* own = own_connections.find(register_.get());
  if (own == nullptr) {
    try {
      own = &own_connections.add(register_);
    } catch (const std::bad_alloc&) {
      return;  // it holds none, then
    }
  }
  own->tells_when_it_waits = true;
  if (own->connection) own->connection->before_wait();
}

void PerThread::add_counts(StorageCounts& counts) const { register_->add_counts(counts); }

}  // namespace assay::storage
