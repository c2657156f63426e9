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

constexpr storage::Query<"SELECT label FROM labels WHERE note = ?1 ORDER BY label", std::string>
    labels_by_note;
constexpr storage::Query<"DELETE FROM labels WHERE note = ?1"> no_labels;
constexpr storage::Query<"INSERT INTO labels(note, label) VALUES (?1, ?2) ON CONFLICT DO NOTHING">
    add_label;

HttpError other_counter() { return {412, "the note is not as you know it: read it again"}; }

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string tag_of(std::int64_t counter) { return '"' + std::to_string(counter) + '"'; }

// Of one of our tags, as we write it and not otherwise: "01" is another tag than "1".
std::optional<std::int64_t> counter_of(std::string_view tag) {
  std::int64_t counter = 0;
  if (!tag.empty()) std::from_chars(tag.data() + 1, tag.data() + tag.size(), counter);
  return tag == tag_of(counter) ? std::optional(counter) : std::nullopt;
}

std::optional<std::int64_t> counter_of(const std::optional<Entry>& entry) {
  return entry ? std::optional(entry->counter) : std::nullopt;
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

Tags::Tags(std::string_view text, Comparison comparison) : fit_any_(trimmed(text) == "*") {
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view tag = trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (comparison == Comparison::weak && tag.starts_with("W/")) tag.remove_prefix(2);
    if (const auto counter = counter_of(tag)) counters_.push_back(*counter);
  }
}

bool Tags::fit(std::optional<std::int64_t> counter) const {
  if (!counter) return false;
  return fit_any_ || std::find(counters_.begin(), counters_.end(), *counter) != counters_.end();
}

std::optional<std::int64_t> Tags::only_counter() const {
  return counters_.size() == 1 && !fit_any_ ? std::optional(counters_.front()) : std::nullopt;
}

Condition::Condition(const Field& match, const Field& none_match) {
  if (match) match_.emplace(*match, Tags::Comparison::strong);
  if (none_match) none_match_.emplace(*none_match, Tags::Comparison::weak);
}

bool Condition::holds(std::optional<std::int64_t> counter) const {
  return (!match_ || match_->fit(counter)) && (!none_match_ || !none_match_->fit(counter));
}

std::optional<std::int64_t> Condition::only_counter() const {
  return match_ && !none_match_ ? match_->only_counter() : std::nullopt;
}

Notebook::Notebook(storage::Database& database, storage::Store& store)
    : database_(database), store_(store), notes_(store.table("notes")) {
  database.add_migrations("notes", {"CREATE TABLE moves(number INTEGER PRIMARY KEY, source TEXT "
                                    "NOT NULL, target TEXT NOT NULL, lines INTEGER NOT NULL)",
                                    "CREATE TABLE labels(note TEXT NOT NULL, label TEXT NOT NULL, "
                                    "PRIMARY KEY(note, label)) STRICT, WITHOUT ROWID"});
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

Labels Notebook::label(const std::string& id, const Labels& labels) const {
  return database_.use([&](storage::Connection& connection) {
    return connection.transaction([&] {
      connection.run(no_labels, id);
      for (const std::string& label : labels.labels) connection.run(add_label, id, label);
      return Labels{connection.all(labels_by_note, id)};
    });
  });
}

bool Notebook::remove_labels(const std::string& id) const {
  return database_.run(no_labels, id) > 0;
}

std::optional<Labels> Notebook::labels_of(const std::string& id) const {
  Labels found{database_.all(labels_by_note, id)};
  return found.labels.empty() ? std::nullopt : std::optional(std::move(found));
}

std::optional<storage::TimePoint> Notebook::end_of(const Lifetime& lifetime) const {
  if (!lifetime.ttl_s) return std::nullopt;
  return database_.settings().now() + std::chrono::seconds(*lifetime.ttl_s);
}

Async<Note> Notebook::add(NewNote note, Lifetime lifetime) const {
  const auto counter = co_await notes_.add(note.id, note.text, end_of(lifetime));
  if (!counter) throw conflict("there is a note " + note.id);
  co_return Note{std::move(note.id), std::move(note.text), *counter};
}

Async<Note> Notebook::put(std::string id, std::string text, Lifetime lifetime) const {
  const std::int64_t counter = co_await notes_.put(id, text, end_of(lifetime));
  co_return Note{std::move(id), std::move(text), counter};
}

Async<Note> Notebook::put_if(std::string id, std::string text, Condition condition,
                             Lifetime lifetime) const {
  if (condition.is_none()) co_return co_await put(std::move(id), std::move(text), lifetime);
  const auto end = end_of(lifetime);
  if (const auto counter = condition.only_counter()) {
    const Updated updated = co_await notes_.update(id, text, *counter, end);
    if (updated != Updated::yes) throw other_counter();
    co_return Note{std::move(id), std::move(text), *counter + 1};
  }
  auto change_now = [this, id, text, condition, end](Transaction& transaction) {
    auto notes = transaction.table(notes_);
    if (!condition.holds(counter_of(notes.get(id)))) throw other_counter();
    return notes.put(id, text, end);
  };
  const std::int64_t counter = co_await store_.transaction(std::move(change_now));
  co_return Note{std::move(id), std::move(text), counter};
}

Async<bool> Notebook::remove_if(std::string id, Condition condition) const {
  if (condition.is_none()) co_return co_await remove(std::move(id));
  auto remove_now = [this, id, condition](Transaction& transaction) {
    auto notes = transaction.table(notes_);
    if (!condition.holds(counter_of(notes.get(id)))) throw other_counter();
    return notes.remove(id);
  };
  co_return co_await store_.transaction(std::move(remove_now));
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
