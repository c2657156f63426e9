// How a use comes to its connection: the seam between a Database and its policy, crossed once for
// each use. There is a file for each policy: per_thread.h, per_request.h, connection_pool.h,
// single_thread.h.
//
// Any thread may call `use` and `before_wait`; `start` and `stop` one thread. A use within a use of
// the same thread does not come here: it has the connection of the outer one (active_use.h).
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "server/storage/policies/borrower.h"
#include "server/storage/policies/source_counts.h"
#include "server/storage/policies/storage_counts.h"
#include "server/storage/sql/busy_wait.h"
#include "server/storage/sql/commit_count.h"
#include "server/storage/sql/settings.h"

namespace assay::storage {

class Writer;

// What a borrower is told whose use was wrong, under every policy.
inline constexpr const char* unfinished_use =
    "a use of the database ended within its transaction, which was undone: end it there, or use "
    "Connection::transaction";
inline constexpr const char* writing_read =
    "a read of the database tried to write, which was undone: use `use` or `write`";

class ConnectionSource {
 public:
  // What the sources of a database work with; it outlives them.
  struct Ground {
    std::string path;
    const Settings& settings;
    CommitCount& commits;
    SourceCounts& counts;
    BusyCounts& busy;
  };

  virtual ~ConnectionSource() = default;

  virtual void start() = 0;
  // Uses that have begun come to their end; later ones are refused. Then no connection is open.
  virtual void stop() noexcept = 0;

  // Calls `borrower` once, with a connection that nobody else has until it returns. What it throws
  // is thrown here. Throws StorageError where there is no connection.
  virtual void use(Purpose purpose, const Borrower& borrower) = 0;

  virtual void before_wait() noexcept {}
  // What is not in SourceCounts, as counting it there would make threads wait for each other.
  virtual void add_counts(StorageCounts&) const {}
};

// By the policy of the settings. `writer` is the thread that the policy `single` has its uses from.
std::unique_ptr<ConnectionSource> make_connection_source(const ConnectionSource::Ground& ground,
                                                         Writer& writer);

}  // namespace assay::storage
