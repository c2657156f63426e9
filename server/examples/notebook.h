// The notes themselves: what can be done with them, told by values and HttpErrors. Any thread.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/app/async.h"
#include "server/examples/notes_models.h"
#include "server/storage/database.h"
#include "server/storage/store.h"

namespace assay::notes {

// What a note must be for a change to be made (RFC 9110, 13.1.1): there, or at one of these counts.
class Condition {
 public:
  // Of the field If-Match: "*", or entity tags in a list. A tag that none of ours can be fits none.
  explicit Condition(std::string_view text);
  bool holds(std::int64_t counter) const;
  std::optional<std::int64_t> only_counter() const;  // if there is just one that fits

 private:
  bool fits_any_ = false;
  std::vector<std::int64_t> counters_;
};

class Notebook {
 public:
  // Adds the table of moves to the schema. REQUIRES: the database is not open yet
  Notebook(storage::Database& database, storage::Store& store);

  std::optional<Note> find(std::string_view id) const;
  NotePage page(std::string_view prefix, std::string_view after, std::size_t limit) const;
  std::vector<Move> moves(std::int64_t after, std::int64_t limit) const;
  std::vector<Traffic> report() const;

  // Each is on the disk when it has returned.
  Async<Note> add(NewNote note, Lifetime lifetime) const;
  Async<Note> put(std::string id, std::string text, Lifetime lifetime) const;
  Async<Note> change(std::string id, std::string text, Condition condition,
                     Lifetime lifetime) const;
  Async<bool> remove(std::string id) const;
  // The last lines of one note to the end of another, and a row of it: all or nothing.
  Async<Move> move(NewMove move) const;

 private:
  std::optional<storage::TimePoint> end_of(const Lifetime& lifetime) const;
  Move move_now(storage::Transaction& transaction, const NewMove& wanted) const;

  storage::Database& database_;
  storage::Store& store_;
  storage::Table notes_;
};

}  // namespace assay::notes
