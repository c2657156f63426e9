#include "server/examples/notebook.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "server/app/http_error.h"

namespace assay::notes {
namespace {

using storage::Entry;
using storage::Transaction;
using storage::Updated;

constexpr storage::Query<
    "INSERT INTO moves(source, target, lines) VALUES (?1, ?2, ?3) "
    "RETURNING number",
    std::int64_t>
    add_move;
constexpr storage::Query<
    "SELECT number, source, target, lines FROM moves WHERE number > ?1 "
    "ORDER BY number LIMIT ?2",
    Move>
    moves_after;
constexpr storage::Query<
    "SELECT id, sum(lines_out) AS lines_out, sum(lines_in) AS lines_in FROM "
    "(SELECT source AS id, lines AS lines_out, 0 AS lines_in FROM moves "
    "UNION ALL SELECT target, 0, lines FROM moves) GROUP BY id ORDER BY id",
    Traffic>
    traffic;

HttpError other_counter() { return {412, "the note is not as you know it: read it again"}; }

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Where the last so many lines begin; nothing if there are fewer.
std::optional<std::size_t> begin_of_last(std::string_view text, std::int64_t lines) {
  if (text.empty()) return std::nullopt;
  std::size_t begin = text.size() + 1;
  for (std::int64_t i = 0; i < lines; ++i) {
    if (begin == 0) return std::nullopt;
    const std::size_t end = begin - 1;  // of the line that comes now
    const std::size_t before = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
    begin = before == std::string_view::npos ? 0 : before + 1;
  }
  return begin;
}

Entry existing(storage::Entries& notes, std::string_view id) {
  std::optional<Entry> entry = notes.get(id);
  if (!entry) throw not_found("there is no note " + std::string(id));
  return std::move(*entry);
}

}  // namespace

Condition::Condition(std::string_view text) {
  fits_any_ = trimmed(text) == "*";
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view tag = trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') continue;
    std::int64_t counter = 0;
    const auto [end, error] = std::from_chars(tag.data() + 1, tag.data() + tag.size() - 1, counter);
    if (error == std::errc() && end == tag.data() + tag.size() - 1) counters_.push_back(counter);
  }
}

bool Condition::holds(std::int64_t counter) const {
  return fits_any_ || std::find(counters_.begin(), counters_.end(), counter) != counters_.end();
}

std::optional<std::int64_t> Condition::only_counter() const {
  return counters_.size() == 1 && !fits_any_ ? std::optional(counters_.front()) : std::nullopt;
}

Notebook::Notebook(storage::Database& database, storage::Store& store)
    : database_(database), store_(store), notes_(store.table("notes")) {
  database.add_migrations("notes", {"CREATE TABLE moves(number INTEGER PRIMARY KEY, source TEXT "
                                    "NOT NULL, target TEXT NOT NULL, lines INTEGER NOT NULL)"});
}

std::optional<Note> Notebook::find(std::string_view id) const {
  std::optional<Entry> entry = notes_.get(id);
  if (!entry) return std::nullopt;
  return Note{std::string(id), std::move(entry->value), entry->counter};
}

NotePage Notebook::page(std::string_view prefix, std::string_view after, std::size_t limit) const {
  NotePage page{notes_.keys(prefix, after, limit + 1), {}};
  if (page.ids.size() > limit) {
    page.ids.pop_back();
    page.next = page.ids.back();
  }
  return page;
}

std::vector<Move> Notebook::moves(std::int64_t after, std::int64_t limit) const {
  return database_.all(moves_after, after, limit);
}

std::vector<Traffic> Notebook::report() const { return database_.all(traffic); }

std::optional<storage::TimePoint> Notebook::end_of(const Lifetime& lifetime) const {
  if (!lifetime.ttl_s) return std::nullopt;
  return database_.settings().now() + std::chrono::seconds(*lifetime.ttl_s);
}

Async<Note> Notebook::add(NewNote note, Lifetime lifetime) const {
  const bool added = co_await notes_.add(note.id, note.text, end_of(lifetime));
  if (!added) throw conflict("there is a note " + note.id);
  co_return Note{std::move(note.id), std::move(note.text), 0};
}

Async<Note> Notebook::put(std::string id, std::string text, Lifetime lifetime) const {
  const std::int64_t counter = co_await notes_.put(id, text, end_of(lifetime));
  co_return Note{std::move(id), std::move(text), counter};
}

Async<Note> Notebook::change(std::string id, std::string text, Condition condition,
                             Lifetime lifetime) const {
  const auto end = end_of(lifetime);
  if (const auto counter = condition.only_counter()) {
    const Updated updated = co_await notes_.update(id, text, *counter, end);
    if (updated != Updated::yes) throw other_counter();
    co_return Note{std::move(id), std::move(text), *counter + 1};
  }
  auto change_now = [this, id, text, condition, end](Transaction& transaction) {
    auto notes = transaction.table(notes_);
    const std::optional<Entry> entry = notes.get(id);
    if (!entry || !condition.holds(entry->counter)) throw other_counter();
    return notes.put(id, text, end);
  };
  const std::int64_t counter = co_await store_.transaction(std::move(change_now));
  co_return Note{std::move(id), std::move(text), counter};
}

Async<bool> Notebook::remove(std::string id) const {
  co_return co_await notes_.remove(std::move(id));
}

Async<Move> Notebook::move(NewMove wanted) const {
  if (wanted.source == wanted.target) throw bad_request("these are two names of one note");
  auto act = [this, wanted](Transaction& transaction) { return move_now(transaction, wanted); };
  co_return co_await store_.transaction(std::move(act));
}

// What the store and SQL do here is one transaction: a throw undoes all of it.
Move Notebook::move_now(Transaction& transaction, const NewMove& wanted) const {
  auto notes = transaction.table(notes_);
  const Entry source = existing(notes, wanted.source);
  const Entry target = existing(notes, wanted.target);
  const auto begin = begin_of_last(source.value, wanted.lines);
  if (!begin) throw conflict("the note " + wanted.source + " has fewer lines");
  const std::string lines = source.value.substr(*begin);
  const std::string rest = source.value.substr(0, *begin == 0 ? 0 : *begin - 1);
  const std::string both = target.value.empty() ? lines : target.value + '\n' + lines;
  if (both.size() > longest_text)
    throw conflict("the note " + wanted.target + " would be too long");
  notes.update(wanted.source, rest, source.counter, source.expires);
  notes.update(wanted.target, both, target.counter, target.expires);
  const auto number =
      transaction.connection().one(add_move, wanted.source, wanted.target, wanted.lines);
  return {number.value(), wanted.source, wanted.target, wanted.lines};
}

}  // namespace assay::notes
