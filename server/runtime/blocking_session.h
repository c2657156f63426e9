// One connection on a blocking socket, driven to its end in the calling thread.
//
// Steady traffic costs one recv and one send a request. Each wait ends after a sweep period at the
// latest, for a look at the deadlines. Two sessions share nothing but what a Service names.
// Whatever goes wrong, a handler that throws included, ends this connection alone; nothing is
// thrown. REQUIRES: the process ignores SIGPIPE.
#pragma once
#include <cstdint>
#include <ctime>
#include <string>

#include "server/runtime/channel.h"
#include "server/runtime/connection_register.h"
#include "server/runtime/date_field.h"
#include "server/runtime/deadlines.h"
#include "server/runtime/descriptor.h"
#include "server/runtime/settings.h"
#include "server/runtime/workspace.h"

namespace assay::runtime {

// What the sessions of a server have in common; outlives them.
struct Service {
  const Settings& settings;
  const wire::Limits& limits;
  wire::Handler& handler;
  const TlsContext* tls = nullptr;  // in the clear
};

// What a thread lends to its sessions, one after another.
struct Workbench {
  Workspace space;
  DateField date;
  std::time_t date_second = 0;  // that `date` says
};

class BlockingSession {
 public:
  // `socket` as `accept_connection` gives it.
  static void run(Descriptor socket, ConnectionRegister::Place place, const Service& service,
                  Workbench& bench) noexcept;
  // Says that there is no room, without waiting for anything.
  static void turn_away(Descriptor socket, const Service& service, Workbench& bench) noexcept;

 private:
  using Time = Deadlines::Time;

  BlockingSession(Descriptor socket, ConnectionRegister::Place place, const Service& service,
                  Workbench& bench);

  void drive();
  bool read();
  bool write();
  void wait_for_room(Time& since);
  bool take_turn();
  bool await_reply();
  bool look_if_due(Time now);
  bool look(Time now);
  void leave();
  void finish();
  void discard();
  void say_busy();

  void make_blocking() const;
  bool wait_for(short events, std::chrono::milliseconds limit) const;
  void renew_date();

  Descriptor socket_;
  ConnectionRegister::Place place_;  // after the socket, so that it is gone first
  const Settings& settings_;
  wire::Handler& handler_;
  Workbench& bench_;
  Channel channel_;
  std::string peer_;  // its name, where replies are reported
  Time heard_;        // when bytes last came
  Time looked_;       // at the deadlines
  Deadlines deadlines_;
  std::uint64_t moved_ = 0;  // bytes that the peer took
  bool input_full_ = false;  // by the last recv: the socket may hold more
};

}  // namespace assay::runtime
