// The members of an object that did not come as expected: any order, unknown, given twice, missing.
// One code for all models; belongs to one reading, as its JsonReader.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "server/model/json_reader.h"

namespace assay::model {

struct Member {
  std::string_view name;
  const char* (*read)(JsonReader& reader, const char* at, void* owner);
  bool required;
};

struct MemberTable {
  std::span<const Member> members;  // at most 64: which ones were seen is a word of bits
  bool refuse_unknown;
};

// From a name, past which no comma was expected any more, up to the closing brace.
const char* read_other_members(JsonReader& reader, const char* at, void* owner,
                               const MemberTable& table, std::uint64_t& seen);
void report_missing_members(JsonReader& reader, const char* object, const char* behind,
                            const MemberTable& table, std::uint64_t seen);

// The text of the member `key` of the object at `object`, or why there is none. Null: a fault.
struct TagSearch {
  bool found = false;
  std::string_view tag;  // in the text, or in `decoded`
  std::string decoded;
};
const char* find_tag(JsonReader& reader, const char* object, std::string_view key,
                     TagSearch& search);
// Reads over the value at `object`, and says that its tag is missing or not one of `tags`.
const char* refuse_tag(JsonReader& reader, const char* object, std::string_view key,
                       const TagSearch& search, std::span<const std::string> tags);
// A tag where its model is read: it must be `tag`.
const char* expect_tag(JsonReader& reader, const char* at, std::string_view tag);

}  // namespace assay::model
