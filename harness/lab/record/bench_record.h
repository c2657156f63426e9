// What a run measured with: workloads, baselines and loads. Typed models.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "server/model/annotations.h"
#include "server/model/field.h"

namespace assay::lab {

using model::description;
using model::field;

struct WorkloadRecord {
  std::string name;
  std::string title;
  std::string measures;
  std::string method;
  std::string path;
  int status = 0;
  std::string type;
  std::uint64_t bytes = 0;
  static constexpr auto model() {
    return std::tuple{
        field<"name">(&WorkloadRecord::name, description("Folder, and variant after an @")),
        field<"title">(&WorkloadRecord::title, description("What it is, in a few words")),
        field<"measures">(&WorkloadRecord::measures, description("What it is there to measure")),
        field<"method">(&WorkloadRecord::method, description("Of the request")),
        field<"path">(&WorkloadRecord::path,
                      description("Of the request, before anything in it is drawn")),
        field<"status">(&WorkloadRecord::status, description("That every reply must have")),
        field<"type">(&WorkloadRecord::type, description("Media type that every reply must have")),
        field<"bytes">(&WorkloadRecord::bytes,
                       description("Of the expected body; 0 where it may vary"))};
  }
};

struct BaselineRecord {
  std::string name;
  std::string variant;
  std::string label;
  std::string title;
  std::string variant_title;
  std::string about;
  std::string language;
  std::string model_in_words;
  std::vector<std::string> adapted;
  bool available = false;
  std::string reason;
  // What the running server said of itself; what it does not know is empty.
  std::string runtime;
  std::string python;
  std::optional<bool> gil_before;
  std::optional<bool> gil;
  std::string python_build;
  std::map<std::string, std::string> packages;
  std::optional<std::int64_t> workers;
  std::string loop;
  std::string parser;
  std::string keep_alive;
  std::string json;
  static constexpr auto model() {
    return std::tuple{
        field<"name">(&BaselineRecord::name, description("Its folder")),
        field<"variant">(&BaselineRecord::variant, description("Which of its settings")),
        field<"label">(&BaselineRecord::label, description("name@variant, as cells name it")),
        field<"title">(&BaselineRecord::title, description("What it is")),
        field<"variant_title">(&BaselineRecord::variant_title, description("What the variant is")),
        field<"about">(&BaselineRecord::about, description("What a reader should know of it")),
        field<"language">(&BaselineRecord::language, description("It is written in")),
        field<"model">(&BaselineRecord::model_in_words, description("Of concurrency, in words")),
        field<"adapted">(&BaselineRecord::adapted,
                         description("What was changed to make it run here, a sentence each")),
        field<"available">(&BaselineRecord::available, description("Whether it runs on this host")),
        field<"reason">(&BaselineRecord::reason, description("Why it does not")),
        field<"runtime">(&BaselineRecord::runtime,
                         description("What the running server said of itself from here on; empty "
                                     "where it does not know")),
        field<"python">(&BaselineRecord::python, description("Version of the interpreter")),
        field<"gil_before">(&BaselineRecord::gil_before,
                            description("Whether the interpreter lock was on before the imports")),
        field<"gil">(&BaselineRecord::gil, description("Whether it was on when it served")),
        field<"python_build">(&BaselineRecord::python_build,
                              description("How the interpreter was built")),
        field<"packages">(&BaselineRecord::packages, description("Versions by package")),
        field<"workers">(&BaselineRecord::workers, description("Processes or threads that serve")),
        field<"loop">(&BaselineRecord::loop, description("Event loop")),
        field<"parser">(&BaselineRecord::parser, description("Of HTTP")),
        field<"keep_alive">(&BaselineRecord::keep_alive,
                            description("How long an idle connection is kept")),
        field<"json">(&BaselineRecord::json, description("What writes JSON"))};
  }
};

struct LoadRecord {
  std::string name;
  std::string title;
  std::uint64_t connections = 0;
  bool keep_alive = true;
  std::string client;
  std::optional<std::uint64_t> requests;
  std::optional<double> warm_up_s;
  std::optional<double> measure_s;
  std::optional<double> rate;
  std::optional<double> share;
  std::string of;
  std::optional<double> p99_limit_ms;
  std::optional<std::uint64_t> server_cores;
  static constexpr auto model() {
    return std::tuple{
        field<"name">(&LoadRecord::name, description("As cells name it")),
        field<"title">(&LoadRecord::title, description("What it is, in a few words")),
        field<"connections">(&LoadRecord::connections, description("At a time")),
        field<"keep_alive">(&LoadRecord::keep_alive,
                            description("Whether a connection serves more than one request")),
        field<"client">(&LoadRecord::client,
                        description("Who asks: native, or a document's own client")),
        field<"requests">(&LoadRecord::requests,
                          description("In all; null: as many as the time allows")),
        field<"warm_up_s">(&LoadRecord::warm_up_s,
                           description("Before anything is counted; null: the client has none")),
        field<"measure_s">(&LoadRecord::measure_s,
                           description("null: until the requests are answered")),
        field<"rate">(&LoadRecord::rate, description("Of an open loop, in requests a second")),
        field<"share">(
            &LoadRecord::share,
            description("Or its rate as a share of what the cell reaches under the load `of`")),
        field<"of">(&LoadRecord::of, description("That load")),
        field<"p99_limit_ms">(&LoadRecord::p99_limit_ms,
                              description("The highest rate that keeps it is looked for")),
        field<"server_cores">(&LoadRecord::server_cores,
                              description("That the server may use; null: its usual share"))};
  }
};

}  // namespace assay::lab
