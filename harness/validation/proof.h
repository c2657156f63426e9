// What a validation found, as it is kept: typed models, written as JSON. Plain values.
#pragma once

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

#include "harness/validation/check.h"
#include "harness/validation/client.h"

namespace assay::validation {

// One client on one law: what it read, or why it read nothing. The first of a law is the truth.
struct ClientRow {
  std::string law;
  std::string client;  // "wrk 4.1.0"
  Reading reading;
  std::string missing;
  static constexpr auto model() {
    return std::tuple{field<"law">(&ClientRow::law), field<"client">(&ClientRow::client),
                      field<"reading">(&ClientRow::reading), field<"missing">(&ClientRow::missing)};
  }
};

struct Proof {
  int schema = 2;
  std::string date;       // UTC, to the second
  std::string machine;    // processors and system
  double seconds = 0;     // that it took
  bool is_awake = false;  // server and client never slept
  Checks checks;
  std::vector<ClientRow> clients;
  static constexpr auto model() {
    return std::tuple{field<"schema">(&Proof::schema),     field<"date">(&Proof::date),
                      field<"machine">(&Proof::machine),   field<"seconds">(&Proof::seconds),
                      field<"is_awake">(&Proof::is_awake), field<"checks">(&Proof::checks),
                      field<"clients">(&Proof::clients)};
  }

  std::size_t count(Verdict verdict) const;
};

// A test of which fewer than half of the figures could be judged.
struct HardlyJudged {
  std::string test;
  std::size_t judged = 0;
  std::size_t of = 0;
};
std::vector<HardlyJudged> hardly_judged(const Proof& proof);

// not_shown: nothing disagrees, but of some test too little was judged to say that it agrees.
enum class Answer { straight, bent, not_shown };
Answer answer(const Proof& proof);

std::string text(const Proof& proof);      // for a terminal
std::string markdown(const Proof& proof);  // for a page
std::string closing(const Proof& proof);   // the counts, and the answer in a sentence

}  // namespace assay::validation
