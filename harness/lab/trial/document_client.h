// The documents' own load clients, harness/clients/*.py, as they were used: a process of its own
// that asks for one fixed page N times. Belongs to one trial; whoever ends the trial, by SIGKILL
// too, ends the client with it. What goes wrong with the client is a reason in the trial.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "harness/lab/lab_error.h"
#include "harness/lab/plan/plan.h"
#include "harness/lab/plan/workload.h"
#include "harness/lab/record/trial_record.h"
#include "harness/load/stop.h"

namespace assay::lab {

bool is_script(Client client) noexcept;  // and not our generator, under whatever settings

// Why that client cannot ask for a workload; empty when it can.
std::string unfit_reason(Client client, const Workload& workload);

struct DocumentCall {
  std::filesystem::path checkout;
  Client client = Client::urllib_pool;
  std::string url;
  std::uint64_t requests = 1;
  unsigned connections = 1;
  std::optional<std::string> body = {};  // of each right reply; nothing: they are believed
  std::filesystem::path folder;          // for what it says, while it runs
  std::chrono::nanoseconds limit = std::chrono::minutes(2);
};

// What a client that has ended had used while it asked.
struct ClientUse {
  double cores = 0;
  bool is_locked = false;  // its interpreter lets one of its threads run at a time
};

// What it could have used.
struct ClientRoom {
  unsigned threads = 1;
  double cores = 1;         // that it may run on
  double server_cores = 0;  // that the server used of them; 0: it has its own
};

// Above `load::highest_client_cpu` the client was the limit. A core that the server was busy on the
// client could not have had. 1: it had all that was left.
double share_of_room(const ClientUse& use, const ClientRoom& room) noexcept;

// Blocks until it has ended. Fills the trial's figures, warnings and, if there are none, reasons;
// but for its `client_cpu`, for which the caller must know what the server used.
// The interpreter is the free-threaded one where there is one, as the documents'.
// REQUIRES: is_script(call.client)
Result<ClientUse> run_document_client(const DocumentCall& call, const load::Stop& stop,
                                      Trial& trial);

}  // namespace assay::lab
