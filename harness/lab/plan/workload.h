// A workload as its folder describes it: what is asked, and what every baseline must answer. A
// folder's variants are workloads of their own, `echo@sent-70`. Read once at the start of a
// command; plain data after that.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "harness/lab/lab_error.h"

namespace assay::lab {

// What a reply must be. In a text {1} is the first number that was drawn for its request, {2} the
// second, and {digits} any whole number.
struct ReplyRule {
  std::vector<int> statuses;       // one of them
  std::string media_type;          // empty: any
  std::vector<std::string> texts;  // one of them; empty: any body
  bool is_echo = false;            // the body is the request's own, and `texts` is empty
};

// One kind of request. {random:a:b} in its path or body is a number that is drawn for each.
struct WorkloadPart {
  unsigned weight = 1;  // beside the other parts'
  std::string method;
  std::string path;
  std::string content_type;  // empty: none is sent
  std::string body;
  ReplyRule reply;
};

struct Workload {
  std::string name;  // of its folder, and of the variant where it is one
  std::string title;
  std::string measures;
  std::vector<std::string> used_by;  // the documents that have it
  std::string state;                 // what it keeps from request to request; empty: nothing
  std::vector<WorkloadPart> parts;   // one, or several that are mixed
  std::vector<WorkloadPart> checks;  // asked in place of the part when replies are verified
  // Asked before and after the requests of the verification: the number that its text has at
  // {digits} must have grown by one for each. Proof that what should be kept is kept.
  std::optional<WorkloadPart> counted;

  // A baseline runs a workload when the folder has a file for it; the reference is reference.cpp.
  // `only`, where it is not empty, are those that have this variant.
  std::vector<std::string> implementations;
  std::vector<std::string> only;
  bool runs_on(const std::string& implementation) const;
  bool is_for_others(const std::string& implementation) const;  // by `only`

  const WorkloadPart& first() const { return parts.front(); }
  std::string folder() const { return name.substr(0, name.find('@')); }
};

// The workload that has the folder's name, if there is one, then its variants as the file has them.
Result<std::vector<Workload>> read_workloads(const std::filesystem::path& folder);
Result<std::vector<Workload>> all_workloads(const std::filesystem::path& checkout);  // by folder

}  // namespace assay::lab
