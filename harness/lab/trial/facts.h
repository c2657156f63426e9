// What a running server says of itself on GET /__assay__: the process under test is asked, not the
// machine.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "harness/lab/plan/baseline.h"

namespace assay::lab {

struct Facts {
  std::string baseline;            // whose server it says it is
  std::string runtime;             // "CPython 3.13.5", "go1.26.8"
  std::string python;              // its version, where it is Python
  std::optional<bool> gil_before;  // whether the lock was on before the framework was imported
  std::optional<bool> gil;         // and after all imports
  std::map<std::string, std::string> packages;
  std::optional<std::int64_t> workers;
  std::string loop;        // which event loop, and
  std::string parser;      // which parser of HTTP is in use, where there is a choice
  std::string keep_alive;  // how long it keeps a connection, in its own words
  std::string json;        // which JSON library is in use, where there is a choice
};

// Why this is not the process that was meant, as it says itself; empty when it is. A server that
// told before, or must say that its interpreter's lock is off, has to tell. `before`: what the
// baseline told in this run, if it did.
std::string identity_fault(const std::optional<Facts>& facts, const std::optional<Facts>& before,
                           const Baseline& baseline);

// What of its interpreter and its packages is other than before; empty where nothing is.
std::string software_fault(const Facts& facts, const Facts& before);

// Nothing when the server has no such page, or does not answer within five seconds.
std::optional<Facts> facts_of(const std::string& host, std::uint16_t port);

}  // namespace assay::lab
