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

// The counters that a note's entity tags say (RFC 9110, 8.8.3): "*", or a list of tags. One that
// none of ours can be fits no note.
class Tags {
 public:
  enum class Comparison { strong, weak };  // weak: W/"1" fits as "1" does
  Tags(std::string_view text, Comparison comparison);
  bool fit(std::optional<std::int64_t> counter) const;  // none: there is no note
  std::optional<std::int64_t> only_counter() const;     // if there is just one that fits

 private:
  bool fit_any_ = false;
  std::vector<std::int64_t> counters_;
};

// What a note must be for a change to be made, by the fields If-Match and If-None-Match (RFC 9110,
// 13.1.1 and 13.1.2). Of neither: anything.
class Condition {
 public:
  using Field = std::optional<std::string>;
  Condition(const Field& match, const Field& none_match);
  bool is_none() const { return !match_ && !none_match_; }
  bool holds(std::optional<std::int64_t> counter) const;
  std::optional<std::int64_t> only_counter() const;  // if it is all that is asked

 private:
  std::optional<Tags> match_;
  std::optional<Tags> none_match_;
};

class Notebook {
 public:
  // Adds the table of moves to the schema. REQUIRES: the database is not open yet
  Notebook(storage::Database& database, storage::Store& store);

  std::optional<Note> find(std::string_view id) const;
  NotePage page(std::string_view prefix, std::string_view after, std::size_t limit) const;
  std::vector<Move> moves(std::int64_t after, std::int64_t limit) const;
  std::vector<Traffic> report() const;

  // By the policy's own connection, at once, as all in SQL that need not share a transaction with
  // others: what has returned is on the disk.
  Labels label(const std::string& id, const Labels& labels) const;
  bool remove_labels(const std::string& id) const;  // false: there are none
  std::optional<Labels> labels_of(const std::string& id) const;

  // Each is on the disk when it has returned.
  Async<Note> add(NewNote note, Lifetime lifetime) const;
  Async<Note> put(std::string id, std::string text, Lifetime lifetime) const;
  // Throw 412 where the condition does not hold.
  Async<Note> put_if(std::string id, std::string text, Condition condition,
                     Lifetime lifetime) const;
  Async<bool> remove_if(std::string id, Condition condition) const;
  Async<bool> remove(std::string id) const;  // false: it is not there
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
