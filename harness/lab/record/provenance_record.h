// Where a result comes from: the host and how it is set, and what measured. Typed models.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "server/model/annotations.h"
#include "server/model/field.h"

namespace assay::lab {

using model::description;
using model::field;

struct HostRecord {
  std::string id;
  std::string cpu;
  std::uint64_t cores = 0;
  std::uint64_t memory_bytes = 0;
  std::string system;
  std::string architecture;
  std::string distribution;
  std::vector<std::string> notes;
  std::map<std::string, std::string> settings;
  static constexpr auto model() {
    return std::tuple{
        field<"id">(
            &HostRecord::id,
            description("Hash of what stays the same of a host: its folder in results/hosts")),
        field<"cpu">(&HostRecord::cpu, description("The processor as the system names it")),
        field<"cores">(&HostRecord::cores, description("Logical cores")),
        field<"memory_bytes">(&HostRecord::memory_bytes, description("Main memory")),
        field<"system">(&HostRecord::system, description("Kernel and its version")),
        field<"architecture">(&HostRecord::architecture,
                              description("Of the processor, as uname says it")),
        field<"distribution">(&HostRecord::distribution,
                              description("The operating system as it names itself")),
        field<"notes">(
            &HostRecord::notes,
            description("What a reader must know of the host before believing its figures")),
        field<"settings">(
            &HostRecord::settings,
            description("What makes the same processor faster or slower, by the name "
                        "that the system has for it, when the run began or last went on"))};
  }
};

struct Provenance {
  std::string commit;
  bool dirty = false;
  std::string server_sha256;
  std::string assay_sha256;
  std::map<std::string, std::string> sources;
  std::map<std::string, std::string> environment;
  std::string compiler;
  std::string flags;
  std::string build;
  std::vector<std::string> argv;
  static constexpr auto model() {
    return std::tuple{
        field<"commit">(&Provenance::commit,
                        description("Of the checkout; empty outside a git checkout")),
        field<"dirty">(&Provenance::dirty,
                       description("Whether the checkout had changes that are in no commit")),
        field<"server_sha256">(&Provenance::server_sha256,
                               description("SHA-256 of the reference server")),
        field<"assay_sha256">(&Provenance::assay_sha256,
                              description("SHA-256 of the laboratory, which is the client too")),
        field<"sources">(
            &Provenance::sources,
            description("SHA-256 of plan, workloads and baselines, by path in the checkout")),
        field<"environment">(
            &Provenance::environment,
            description("Variables that reach the servers and bear on their speed")),
        field<"compiler">(&Provenance::compiler, description("That compiled both")),
        field<"flags">(&Provenance::flags, description("That it was given")),
        field<"build">(&Provenance::build, description("Type of the build, such as release")),
        field<"argv">(&Provenance::argv,
                      description("The command line that began it or last went on with it"))};
  }
};

}  // namespace assay::lab
