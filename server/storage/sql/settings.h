// What a database is told when it is opened. Plain data, read by every thread, changed by none.
#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "server/model/enumerated.h"

namespace assay::storage {

using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

// How a request comes to its connection: what the documents' database rows differ by.
enum class Policy : std::uint8_t {
  per_thread,   // each thread has one and keeps it
  per_request,  // opened for each use, closed after it
  pool,         // one of a few, handed from one to the next
  single,       // one thread has the only one and does everything
};

constexpr auto enumerators(Policy*) {
  return std::array{model::Enumerator{Policy::per_thread, "per-thread"},
                    model::Enumerator{Policy::per_request, "per-request"},
                    model::Enumerator{Policy::pool, "pool"},
                    model::Enumerator{Policy::single, "single"}};
}

enum class Journal : std::uint8_t { wal, rollback };  // rollback: SQLite's own default
constexpr auto enumerators(Journal*) { return model::names_of<Journal::wal, Journal::rollback>; }

enum class Synchronous : std::uint8_t { off, normal, full };
constexpr auto enumerators(Synchronous*) {
  return model::names_of<Synchronous::off, Synchronous::normal, Synchronous::full>;
}

struct Settings {
  // ":memory:" is a file of its own in memory, gone with the process that made it: every policy
  // and every process of the server sees the same.
  std::string path = ":memory:";
  Policy policy = Policy::per_thread;
  Journal journal = Journal::wal;
  Synchronous synchronous = Synchronous::full;
  std::size_t pool_size = 8;
  std::chrono::milliseconds wait_limit{5'000};  // for a connection of the pool
  std::chrono::milliseconds busy_limit{5'000};  // for a lock that another connection holds

  bool group_commit = true;  // false: a transaction for each write
  std::size_t batch_limit = 256;
  std::chrono::microseconds batch_time{1'000};
  std::size_t queue_limit = 10'000;  // writes that wait
  std::chrono::milliseconds sweep_period{1'000};
  std::function<TimePoint()> now = [] {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(
        std::chrono::system_clock::now());
  };
};

}  // namespace assay::storage
