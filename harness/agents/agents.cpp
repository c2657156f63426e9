#include "harness/agents/agents.h"

#include "harness/agents/controller.h"
#include "harness/agents/quiet_pipes.h"

namespace assay::agents {

load::Result<load::Summary> run(const std::vector<std::string>& commands, const load::Job& job,
                                const load::Stop& stop, const load::Watch& watch,
                                const Patience& patience) {
  const QuietPipes quiet;
  return Controller(job, stop, watch, patience).run(commands);
}

std::string local_command(std::string_view program) {
  std::string quoted = "'";
  for (const char c : program) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "' agent";
}

}  // namespace assay::agents
