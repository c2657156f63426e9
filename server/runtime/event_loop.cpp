#include "server/runtime/event_loop.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <new>

#include "server/runtime/accepting.h"

namespace assay::runtime {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t accepted_at_once = 16;  // those that are here want their turn too

}  // namespace

EventLoop::EventLoop(const Settings& settings, std::size_t connections, wire::Handler& handler,
                     const TlsContext* tls, WorkerPool* workers)
    : settings_(settings), most_(connections), handler_(handler), tls_(tls), workers_(workers) {
  date_.renew(std::time(nullptr));
}

void EventLoop::accept_from(int listener, std::vector<EventLoop*> owners) {
  watch_.add_listener(listener);
  listener_ = listener;
  owners_ = std::move(owners);
}

void EventLoop::run() {
  while (!stopping_ || !sessions_.empty()) take_turn();
  handler_.before_wait();
}

// Here, and not in the loop's own time: it may be long in a handler, and meanwhile nobody else is
// to come and wait.
void EventLoop::stop(Time end) {
  if (listener_ >= 0) accept_the_last();
  leave(end);
}

void EventLoop::leave(Time end) {
  if (inbox_.leave_stop(end)) watch_.wake();
}

// Whoever waits has asked, perhaps, and knows nothing of the end. No more than can wait at one
// moment, however fast others come after them.
void EventLoop::accept_the_last() noexcept {
  constexpr std::size_t most = 8192;
  try {
    for (std::size_t i = 0; i < std::min(most, most_); ++i) {
      Descriptor file = accept_connection(listener_);
      if (file.number() >= 0) {
        adopt(std::move(file));
      } else if (!is_gone_already(errno)) {
        break;
      }
    }
  } catch (const std::bad_alloc&) {  // the last one is lost, and who waits behind it
  }
  refuse_more(listener_);
}

void EventLoop::bring_back(Session& session) noexcept {
  if (inbox_.leave(session)) watch_.wake();
}

void EventLoop::adopt(Descriptor file) {
  if (inbox_.leave(std::move(file))) watch_.wake();
}

// What is ready goes first: only later may a session be ended for another, or by its deadline. New
// ones come last, when as many as possible only wait for their peers and could make room.
void EventLoop::take_turn() {
  const Time now = steady_clock::now();
  if (now >= next_look_) look_around(now);
  if (now >= accept_again_) {
    accept_again_ = Time::max();
    watch_.resume_listener(listener_);
  }
  handler_.before_wait();
  const SocketWatch::Ready ready = watch_.wait(time_left(now));
  for (Session* const session : ready.sessions) {
    guarded(*session, [](Session& one) { one.on_ready(); });
  }
  if (ready.woken) open_inbox();
  resume_all(due_.take());
  if (ready.listener) accept_some();
}

milliseconds EventLoop::time_left(Time now) const {
  if (!due_.empty() || (stopping_ && sessions_.empty())) return milliseconds(0);
  const Time next = std::min(next_look_, accept_again_);
  return std::max(std::chrono::ceil<milliseconds>(next - now), milliseconds(0));
}

// Now and then, instead of a timer for each request: renews the date and looks at deadlines.
void EventLoop::look_around(Time now) {
  date_.renew(std::time(nullptr));
  stopping_ ? drain(now) : sweep(now);
}

// Where there is no memory to go on with a session, it goes; others may have some then.
template <class Act>
void EventLoop::guarded(Session& session, Act act) {
  try {
    act(session);
  } catch (const std::bad_alloc&) {
    session.end();
  }
}

// To ask whether one more waits costs a system call, and not to ask another wait: so as many are
// expected as there were, or twice that.
void EventLoop::accept_some() {
  if (stopping_ || accept_again_ != Time::max()) return;
  if (is_full_for_a_moment()) return accept_again_later();
  std::array<Descriptor, accepted_at_once> files;
  std::size_t count = 0;
  bool more = true;
  for (std::size_t i = 0; more && i < likely_; ++i) {
    files[count] = accept_connection(listener_);
    more = files[count].number() >= 0 || accept_failed(i == 0);
    if (files[count].number() >= 0) ++count;
  }
  likely_ = more ? std::min(2 * likely_, accepted_at_once) : std::max(count, std::size_t{1});
  // By now the requests of the first may be here, too.
  for (std::size_t i = 0; i < count; ++i) distribute(std::move(files[i]));
}

// Whether to go on at once. Linux wants a file before it looks whether anybody waits.
bool EventLoop::accept_failed(bool first) {
  if (is_gone_already(errno)) return true;
  if (!first || errno == EAGAIN || errno == EWOULDBLOCK) return false;
  if (is_shortage(errno)) {
    if (!somebody_waits(listener_)) return false;  // another process has taken who was there
    make_room();
  }
  accept_again_later();
  return false;
}

// Out of files or of room: that would come back at once, again and again.
void EventLoop::accept_again_later() {
  accept_again_ = steady_clock::now() + milliseconds(10);
  watch_.pause_listener(listener_);
}

// Where workers have all that there are, one is soon back and may go for another: whoever wants to
// come is better off waiting for that, but once and not for long.
bool EventLoop::is_full_for_a_moment() {
  const bool has_room = workers_ == nullptr || sessions_.size() < most_ || make_room();
  return std::exchange(patient_, has_room) && !has_room;
}

void EventLoop::distribute(Descriptor file) {
  EventLoop& owner = *owners_[next_owner_++ % owners_.size()];
  try {
    &owner == this ? admit(std::move(file)) : owner.adopt(std::move(file));
  } catch (const std::bad_alloc&) {
    make_room();
  }
}

// Without memory for it the connection is lost, but not the server.
void EventLoop::admit(Descriptor file) {
  try {
    auto session = std::make_unique<Session>(*this, std::move(file), steady_clock::now());
    if (sessions_.size() >= most_ && !make_room()) return session->turn_away();
    session->slot = sessions_.size();
    sessions_.push_back(std::move(session));
  } catch (const std::bad_alloc&) {
    make_room();
    return;
  }
  guarded(*sessions_.back(), [](Session& admitted) { admitted.begin(); });
}

void EventLoop::remove(Session& session) {
  const std::size_t slot = session.slot;
  std::swap(sessions_[slot], sessions_.back());
  sessions_[slot]->slot = slot;
  sessions_.pop_back();
}

// Ends a session that waits for its peer, the one that does so longest of a few drawn at random: a
// flood of connections that ask for nothing ends its own, and finding one costs the same however
// many there are.
bool EventLoop::make_room() {
  constexpr int draws = 32;
  Session* quietest = nullptr;
  for (int i = 0; i < draws && !sessions_.empty(); ++i) {
    draw_ = draw_ * 6364136223846793005U + 1442695040888963407U;
    Session& session = *sessions_[(draw_ >> 33U) % sessions_.size()];
    if (!session.may_be_evicted()) continue;
    if (quietest == nullptr || session.last_turn() < quietest->last_turn()) quietest = &session;
  }
  if (quietest != nullptr) quietest->evict();
  return quietest != nullptr;
}

void EventLoop::open_inbox() {
  Inbox::Content content = inbox_.take();
  for (Descriptor& file : content.connections) admit(std::move(file));
  resume_all(content.sessions);
  if (content.end && !stopping_) begin_drain(*content.end);
}

void EventLoop::resume_all(SessionQueue sessions) {
  while (!sessions.empty()) {
    guarded(sessions.pop(), [](Session& session) { session.resume(); });
  }
}

void EventLoop::begin_drain(Time end) {
  stopping_ = true;
  drain_end_ = end;
  next_look_ = {};
  accept_again_ = Time::max();
  if (listener_ >= 0) watch_.remove_listener(listener_);
  for (EventLoop* const owner : owners_) {
    if (owner != this) owner->leave(end);
  }
}

// Backwards, since a session that ends gives its place to the last.
void EventLoop::sweep(Time now) {
  for (std::size_t i = sessions_.size(); i-- > 0;) {
    guarded(*sessions_[i], [now](Session& session) { session.look_at_deadlines(now); });
  }
  next_look_ = now + settings_.sweep_period;
}

void EventLoop::drain(Time now) {
  const bool late = now >= drain_end_;
  for (std::size_t i = sessions_.size(); i-- > 0;) {
    guarded(*sessions_[i], [=](Session& session) { session.drain(late, now); });
  }
  next_look_ = now + milliseconds(20);
}

}  // namespace assay::runtime
