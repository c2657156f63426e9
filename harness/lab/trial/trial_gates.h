// What speaks against the figures of a trial, judged by the figures themselves and by what the host
// did meanwhile. Errors, wrong replies and wrong servers are not judged here. Pure; any thread.
//
// Reasons hold no numbers that vary, so that equal ones of several trials are counted as one.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/lab/record/trial_record.h"

namespace assay::lab {

// Whose fault it is, the least bad first. A trial that the host or the client spoilt may be made
// once more; a server's fault would be found again.
enum class Fault { host, client, server };
std::string_view text(Fault fault) noexcept;  // "host"

struct Flaw {
  std::string text;  // one sentence
  Fault of = Fault::host;
};

// How the trial was to be; the rest stands in it.
struct Asked {
  double connections = 1;
  bool keep_alive = true;
  bool is_our_client = true;  // and no document's program
  bool is_by_chance = false;  // arrivals of an open loop, which may then be fewer than its rate
  std::optional<double> seconds = {};  // nothing: until so many requests were answered
  unsigned cores = 1;                  // of the host
};

struct Verdicts {
  std::vector<Flaw> reasons;   // why it must not be used
  std::vector<Flaw> warnings;  // what a reader must know
};

Verdicts judged(const Trial& trial, const Asked& asked);

// A program that is not the one of the baseline's first trial in the run; what is not known, an
// empty hash, only if the other is known. `first` empty: this is the first.
std::optional<Flaw> swapped_program(std::string_view first, std::string_view now);

// The finest foreign load that processor clocks tell over so long a time, in cores.
double foreign_limit(double seconds);

}  // namespace assay::lab
