// Servers of other makers that answer the same body on one core, as far as this machine has them.
//
// Looks for programs on PATH and builds what is small; nothing is downloaded but by cargo, once,
// as its lock file says. Each is one file here: another rival is another `Rival`.
#pragma once

#include <string>
#include <vector>

#include "harness/cost/contender.h"
#include "harness/cost/scratch_folder.h"
#include "harness/load/stop.h"

namespace assay::cost {

// What a rival is made from.
struct Workshop {
  std::string sources;  // the folder of their programs: harness/cost/rivals
  std::string built;    // where compiled ones are kept from run to run
  std::string beast;    // the program that our own build made of rivals/beast
  const ScratchFolder& scratch;
  std::string body;
  std::string body_path;  // a file that holds the body
  const load::Stop& stop;
};

struct Rival {
  std::string name;
  Result<Contender> (*made)(const Workshop& workshop);
};

const std::vector<Rival>& rivals();  // nginx, go, rust, beast

// Whether a program of this name is on PATH.
bool is_on_path(const std::string& program);

Result<Contender> nginx_rival(const Workshop& workshop);
Result<Contender> go_rival(const Workshop& workshop);
Result<Contender> rust_rival(const Workshop& workshop);
Result<Contender> beast_rival(const Workshop& workshop);

}  // namespace assay::cost
