#include "harness/truth/truth_loop.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "server/model/json_write.h"

namespace assay::truth {
namespace {

constexpr std::size_t buffer_bytes = 65536;
constexpr int most_accepted = 64;  // in a row, so that nobody who is due waits for a crowd

bool is_only_later() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

TruthLoop::TruthLoop(load::Descriptor listener, int ending, const TruthSettings& settings,
                     RequestsLog* log)
    : settings_(settings),
      began_(load::Clock::now()),
      listener_(std::move(listener)),
      ending_(ending),
      is_usable_(queue_.is_open() && alarm_.is_open() && queue_.watch(listener_.number()) &&
                 queue_.watch(ending) && queue_.watch(alarm_.file())),
      service_(settings.service, began_),
      replies_(settings.body),
      ledger_(log),
      buffer_(buffer_bytes) {}

// All that is ready in one turn has arrived by the time that the turn begins: one reading of the
// clock for all is nearer the truth than one each, which would add the work on those before.
void TruthLoop::run() {
  for (;;) {
    const std::span<const int> files = ready_files();
    const TimePoint now = load::Clock::now();
    for (const int file : files) {
      if (file == ending_) return lose_all();
      if (file == listener_.number()) {
        accept_some();
      } else if (file == alarm_.file()) {
        alarm_.quiet();
        alarm_at_.reset();
      } else {
        serve(file, now);
      }
    }
    answer_all_due();
  }
}

// Asleep until shortly before something is due, because waking up takes a while and never the same;
// then awake, and still looking at the sockets, until it is. Or never asleep, since who sleeps sees
// late that a request has come, which no record of its own can show.
std::span<const int> TruthLoop::ready_files() {
  if (settings_.stays_awake) return queue_.look();
  if (owed_.empty()) return queue_.wait();
  const TimePoint wake = owed_.top().due - settings_.spin;
  if (wake <= load::Clock::now()) return queue_.look();
  if (alarm_at_ != wake) alarm_.set(wake);
  alarm_at_ = wake;
  return queue_.wait();
}

void TruthLoop::accept_some() {
  for (int accepted = 0; accepted < most_accepted; ++accepted) {
    load::Descriptor socket = accept_connection(listener_.number());
    if (!socket.is_open() || !queue_.watch(socket.number())) return;
    const auto number = static_cast<std::size_t>(socket.number());
    if (number >= connections_.size()) connections_.resize(2 * number);
    connections_[number] = {};
    connections_[number].socket = std::move(socket);
    connections_[number].number = ++last_connection_;
    ++open_connections_;
  }
}

void TruthLoop::serve(int file, TimePoint now) {
  TruthConnection& connection = connections_[static_cast<std::size_t>(file)];
  if (!connection.socket.is_open()) return;  // closed in this turn
  connection.awaits_room ? send(connection) : read(connection, now);
}

void TruthLoop::read(TruthConnection& connection, TimePoint now) {
  const ssize_t count = recv(connection.socket.number(), buffer_.data(), buffer_.size(), 0);
  if (count <= 0) {
    if (count == 0 || !is_only_later()) drop(connection);
    return;
  }
  if (connection.reads_no_more) return;
  requests_.clear();
  const std::string_view bytes(buffer_.data(), static_cast<std::size_t>(count));
  const bool is_readable = connection.reader.read(bytes, requests_);
  for (Request& request : requests_) {
    if (connection.reads_no_more) return;
    if (settings_.closes) request.persistence = Persistence::ends;
    promise(connection, request, now);
  }
  if (!is_readable) drop(connection);
}

void TruthLoop::promise(TruthConnection& connection, const Request& request, TimePoint now) {
  Owed owed;
  owed.order = ++promised_;
  owed.file = connection.socket.number();
  owed.connection = connection.number;
  owed.request = request;
  TimePoint due = now;
  if (!request.asks_for_record) {
    owed.visit = service_.admit(now);
    due = owed.visit.due;
  }
  owed.due = connection.last_due = std::max(due, connection.last_due);
  connection.reads_no_more = request.persistence == Persistence::ends;
  owed_.push(owed);
}

// Replies of one connection that are due together leave in one send.
void TruthLoop::answer_all_due() {
  if (owed_.empty()) return;
  const TimePoint now = load::Clock::now();
  while (!owed_.empty() && owed_.top().due <= now) {
    const Owed owed = owed_.top();
    owed_.pop();
    answer(owed);
  }
  for (const int file : answered_) {
    TruthConnection& connection = connections_[static_cast<std::size_t>(file)];
    if (connection.socket.is_open() && !connection.awaits_room) send(connection);
  }
  answered_.clear();
}

void TruthLoop::answer(const Owed& owed) {
  TruthConnection& connection = connections_[static_cast<std::size_t>(owed.file)];
  const bool is_there = connection.socket.is_open() && connection.number == owed.connection;
  if (!is_there || connection.is_silent || connection.ends) return lose(owed);
  if (owed.request.asks_for_record) return put(connection, owed);
  if (owed.visit.fate == Fate::silent) {
    connection.is_silent = true;
    return ledger_.kept_silent(owed.visit);
  }
  if (owed.visit.fate != Fate::reset) return put(connection, owed);
  send(connection);  // what was due before
  if (!connection.socket.is_open()) return lose(owed);
  connection.reset();
  ledger_.settled(owed.visit, owed.due, load::Clock::now(), true);
  drop(connection);
}

void TruthLoop::put(TruthConnection& connection, const Owed& owed) {
  if (owed.request.asks_for_record) {
    const std::string body = record(load::Clock::now());
    connection.unsent += fixed_head("200 OK", body.size(), owed.request.persistence) + body;
  } else {
    replies_.append(connection.unsent, owed.visit.fate, owed.request.persistence);
  }
  connection.sending.push_back(owed);
  connection.ends =
      owed.visit.fate == Fate::truncated || owed.request.persistence == Persistence::ends;
  if (connection.ends) connection.reads_no_more = true;
  answered_.push_back(owed.file);
}

// While a socket is full its requests are not read, so that who reads no replies asks no more.
void TruthLoop::send(TruthConnection& connection) {
  const TruthConnection::Sent sent = connection.send();
  if (sent == TruthConnection::Sent::broken) return drop(connection);
  const bool was_full = std::exchange(connection.awaits_room, sent == TruthConnection::Sent::some);
  if (connection.awaits_room && !was_full) queue_.await_room(connection.socket.number());
  if (connection.awaits_room) return;
  if (was_full) queue_.await_bytes(connection.socket.number());
  const TimePoint written = load::Clock::now();
  for (const Owed& owed : connection.sending) {
    if (owed.request.asks_for_record) continue;
    ledger_.settled(owed.visit, owed.due, written, !was_full);
  }
  connection.sending.clear();
  if (connection.ends) connection.finish();
}

// What it is owed still is found to be lost when it is due: it keeps its place in the queue.
void TruthLoop::drop(TruthConnection& connection) {
  connection.socket.close();
  for (const Owed& owed : connection.sending) lose(owed);
  connection = {};
  --open_connections_;
}

void TruthLoop::lose(const Owed& owed) {
  if (!owed.request.asks_for_record) ledger_.lost(owed.visit);
}

// When all is over, so that the log has a line for every request.
void TruthLoop::lose_all() {
  for (TruthConnection& connection : connections_) {
    if (connection.socket.is_open()) drop(connection);
  }
  for (; !owed_.empty(); owed_.pop()) lose(owed_.top());
}

std::string TruthLoop::record(TimePoint now) const {
  TruthRecord record;
  record.law = record_of(settings_.service.law);
  record.seed = settings_.service.seed;
  record.servers = settings_.service.servers;
  record.waiting_limit = settings_.service.waiting_limit;
  record.stall_every_s = load::in_seconds(settings_.service.stall_every);
  record.stall_for_s = load::in_seconds(settings_.service.stall_lasts);
  record.began_ns = nanoseconds(began_.time_since_epoch()).count();
  record.now_ns = nanoseconds(now.time_since_epoch()).count();
  record.connections = open_connections_;
  record.requests = service_.requests();
  record.fates = record_of(service_.fates());
  record.service_s = load::in_seconds(service_.service_time());
  record.busy_s = load::in_seconds(service_.busy_until(now));
  ledger_.fill(record);
  return model::to_json(record) + "\n";
}

}  // namespace assay::truth
