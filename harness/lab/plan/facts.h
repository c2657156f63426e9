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

// Why this is not the process that was meant, as it says itself; empty when it is.
std::string identity_fault(const Facts& facts, const Baseline& baseline);

// Nothing when the server has no such page.
std::optional<Facts> facts_of(const std::string& host, std::uint16_t port);

}  // namespace assay::lab
