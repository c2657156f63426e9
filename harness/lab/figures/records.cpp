#include "harness/lab/figures/records.h"

#include <algorithm>

#include "harness/lab/host/host.h"
#include "harness/lab/trial/document_client.h"

namespace assay::lab {
namespace {

BaselineRecord record_of(const Baseline& baseline) {
  BaselineRecord record;
  record.name = baseline.name;
  record.variant = baseline.variant;
  record.label = baseline.label();
  record.title = baseline.title;
  record.variant_title = baseline.variant_title;
  record.about = baseline.about;
  record.language = baseline.language;
  record.model_in_words = baseline.model;
  record.adapted = baseline.adapted;
  record.available = baseline.unavailable().empty();
  record.reason = baseline.unavailable();
  record.python_build = baseline.environment.build;
  return record;
}

void tell(BaselineRecord& record, const Facts& facts) {
  record.runtime = facts.runtime;
  record.python = facts.python;
  record.gil_before = facts.gil_before;
  record.gil = facts.gil;
  record.packages = facts.packages;
  record.workers = facts.workers;
  record.loop = facts.loop;
  record.parser = facts.parser;
  record.keep_alive = facts.keep_alive;
  record.json = facts.json;
}

template <class Record, class Key>
bool has(const std::vector<Record>& records, Key Record::* key, const Key& value) {
  return std::any_of(records.begin(), records.end(),
                     [&](const Record& each) { return each.*key == value; });
}

}  // namespace

HostRecord host_record() {
  const HostFacts facts = host_facts();
  return {host_id(facts),     facts.cpu,         facts.cores,
          facts.memory_bytes, facts.system,      facts.architecture,
          facts.distribution, host_notes(facts), host_settings()};
}

std::vector<WorkloadRecord> workload_records(const std::vector<Cell>& cells) {
  std::vector<WorkloadRecord> records;
  for (const Cell& cell : cells) {
    const Workload& workload = *cell.workload;
    if (has(records, &WorkloadRecord::name, workload.name)) continue;
    const WorkloadPart& part = workload.first();
    const auto& texts = part.reply.texts;
    records.push_back({workload.name, workload.title, workload.measures, part.method, part.path,
                       part.reply.statuses.front(), part.reply.media_type,
                       texts.empty() ? 0 : texts.front().size()});
  }
  return records;
}

std::vector<BaselineRecord> baseline_records(const std::vector<Cell>& cells,
                                             const std::map<std::string, Facts>& facts) {
  std::vector<BaselineRecord> records;
  for (const Cell& cell : cells) {
    if (has(records, &BaselineRecord::label, cell.baseline->label())) continue;
    BaselineRecord& record = records.emplace_back(record_of(*cell.baseline));
    const auto known = facts.find(record.label);
    if (known == facts.end()) continue;
    tell(record, known->second);
  }
  return records;
}

std::vector<LoadRecord> load_records(const Plan& plan) {
  std::vector<LoadRecord> records;
  for (const Load& load : plan.loads) {
    LoadRecord& record = records.emplace_back();
    record.name = load.name;
    record.title = load.title;
    record.connections = load.connections;
    record.keep_alive = load.keep_alive;
    record.client = text(load.client);
    record.requests = load.requests;
    if (!is_script(load.client)) record.warm_up_s = load.warm_up_s.value_or(plan.warm_up_s);
    if (!load.requests) record.measure_s = load.measure_s.value_or(plan.measure_s);
    record.rate = load.rate;
    if (load.share) {
      record.share = load.share->share;
      record.of = load.share->load;
    }
    record.p99_limit_ms = load.p99_limit_ms;
    record.server_cores = load.server_cores;
  }
  return records;
}

}  // namespace assay::lab
