// One line that says how far a run has come and how it goes, for a terminal while it runs. Pure;
// any thread.
#pragma once

#include <cstddef>
#include <string>

#include "harness/load/loop/run.h"
#include "harness/load/pace/job.h"
#include "harness/load/text/glyphs.h"

namespace assay::load {

struct Screen {
  Glyphs glyphs = Glyphs::ascii;
  bool has_colours = false;
  std::size_t columns = 80;
};

// One column less than the screen has at most, whose fields keep their places from one line to the
// next; no line feed. Rate and percentiles are those of the last whole second, or so far.
std::string live_line(const Progress& progress, const Job& job, const Screen& screen);

}  // namespace assay::load
