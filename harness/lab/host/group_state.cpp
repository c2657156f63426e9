#include "harness/lab/host/group_state.h"

namespace assay::lab {

void set_between(ServerState& state, const GroupState& first, const GroupState& last) {
  state.processes = last.processes;
  state.threads = last.threads;
  state.open_files = last.open_files;
  if (!first.each || !last.each) return;
  Switches sum;
  for (const auto& [thread, now] : *last.each) {
    const auto found = first.each->find(thread);
    Switches before = found == first.each->end() ? Switches{} : found->second;
    // Another thread with the number of one that ended.
    if (now.voluntary < before.voluntary || now.involuntary < before.involuntary) before = {};
    sum.voluntary += now.voluntary - before.voluntary;
    sum.involuntary += now.involuntary - before.involuntary;
  }
  state.voluntary_switches = sum.voluntary;
  state.involuntary_switches = sum.involuntary;
}

}  // namespace assay::lab
