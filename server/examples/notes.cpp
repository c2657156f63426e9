#include "server/examples/notes.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/app/service.h"
#include "server/examples/notebook.h"

namespace assay::notes {
namespace {

using Id = Path<"id", std::string, id_pattern>;
using Ttl = QueryModel<Lifetime>;
using Book = Service<Notebook>;
using IfMatch = Header<"If-Match", std::optional<std::string>>;
using IfNoneMatch = Header<"If-None-Match", std::optional<std::string>>;

// What If-Match and If-None-Match are held against.
void set_tag(Context& context, const Note& note) {
  context.reply().set_field("ETag", '"' + std::to_string(note.counter) + '"');
}

Async<Created<Note>> add_note(Book book, Body<NewNote> note, Ttl ttl, Context& context) {
  Note made = co_await book->add(std::move(*note), *ttl);
  set_tag(context, made);
  std::string location = "/notes/" + made.id;
  co_return Created<Note>{std::move(made), std::move(location)};
}

std::optional<Note> find_note(Book book, Id id, Context& context) {
  std::optional<Note> note = book->find(*id);
  if (note) set_tag(context, *note);
  return note;
}

// The reply to a note that is kept, without the keeping: what the database costs shows beside it.
Note sample_note(Id id, Context& context) {
  Note note{*id, "what a small note holds", 0};
  set_tag(context, note);
  return note;
}

// Without a condition the last to write wins.
Async<Note> put_note(Book book, Id id, Body<NoteText> note, Ttl ttl, IfMatch match,
                     IfNoneMatch none_match, Context& context) {
  Condition condition(*match, *none_match);
  Note written = co_await book->put_if(*id, std::move(note->text), std::move(condition), *ttl);
  set_tag(context, written);
  co_return written;
}

Async<NoContent> remove_note(Book book, Id id, IfMatch match, IfNoneMatch none_match) {
  Condition condition(*match, *none_match);
  const bool removed = co_await book->remove_if(*id, std::move(condition));
  if (!removed) throw not_found("there is no such note");
  co_return NoContent();
}

std::optional<Labels> labels_of(Book book, Id id) { return book->labels_of(*id); }

Labels label(Book book, Id id, Body<Labels> labels) { return book->label(*id, *labels); }

NoContent remove_labels(Book book, Id id) {
  if (!book->remove_labels(*id)) throw not_found("there are no labels");
  return NoContent();
}

Async<Created<Move>> add_move(Book book, Body<NewMove> move) {
  Move made = co_await book->move(std::move(*move));  // gcc 12 frees it twice within the braces
  co_return Created<Move>{std::move(made)};
}

using Limit = Query<"limit", std::int64_t, default_value(100), at_least(1), at_most(1'000)>;

NotePage page_of_notes(Book book, Query<"prefix", std::string, default_value("")> prefix,
                       Query<"after", std::string, default_value("")> after, Limit limit) {
  return book->page(*prefix, *after, static_cast<std::size_t>(*limit));
}

std::vector<Move> some_moves(Book book,
                             Query<"after", std::int64_t, default_value(0), at_least(0)> after,
                             Limit limit) {
  return book->moves(*after, *limit);
}

}  // namespace

void add_routes(App& app) {
  app.provide(
      std::make_shared<Notebook>(app.service<storage::Database>(), app.service<storage::Store>()));
  Routes notes = app.group("/notes", "notes");
  notes.get("", page_of_notes).summary("Some of the notes' names, in order");
  notes.post("", add_note).summary("A new note").answers(409, "there is one of this name");
  notes.get("/{id}", find_note).summary("A note, with its ETag");
  notes.put("/{id}", put_note)
      .summary("Writes a note, if it is as If-Match and If-None-Match say")
      .answers(412, "it is another than they say");
  notes.del("/{id}", remove_note)
      .summary("Deletes a note, if it is as If-Match and If-None-Match say")
      .answers(404, "there is no such note")
      .answers(412, "it is another than they say");
  Routes labels = app.group("/labels", "labels");
  labels.get("/{id}", labels_of).summary("What a note is labelled with");
  labels.put("/{id}", label).summary("Labels a note with these, and no others");
  labels.del("/{id}", remove_labels)
      .summary("Takes all labels off a note")
      .answers(404, "no labels");
  app.get("/samples/{id}", sample_note).summary("A note that is not kept anywhere");
  Routes moves = app.group("/moves", "moves");
  moves.get("", some_moves).summary("Which lines were moved, in order");
  moves.post("", add_move)
      .summary("Moves the last lines of one note to the end of another")
      .answers(400, "source and target are one note")
      .answers(404, "one of them is not there")
      .answers(409, "the source has fewer lines, or the target would be too long");
  app.get("/report", [](Book book) { return book->report(); })
      .summary("How many lines came to each note, and left it");
  app.describe({"Notes", "1.0", "Keeps notes in a database."});
}

}  // namespace assay::notes
